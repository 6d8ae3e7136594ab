BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $before = (Get-VM).Id
}

AfterAll {
    Pop-Location
}

Describe 'What Start-LinuxKitVM refuses' -Tag HyperV {
    AfterEach {
        Get-TestVM | Remove-LinuxKitVM -Force -ErrorAction SilentlyContinue
        Get-TestVM | Remove-VM -Force
        Remove-Item * -Exclude (Split-Path $image -Leaf)
    }

    It 'is <Id> for <Command>' -TestCases @(
        @{ Id = 'ImageNotFound'; Category = 'ObjectNotFound'; Command = { Start-LinuxKitVM ./missing.iso } }
        @{ Id = 'ImageNotFound'; Category = 'ObjectNotFound'; Command = { Start-LinuxKitVM ./missing*.iso } }
        @{ Id = 'ImageNotFound'; Category = 'ObjectNotFound'; Command = { Start-LinuxKitVM -LiteralPath "./$Prefix*.iso" } }
        @{ Id = 'ImageNotFound'; Category = 'ObjectNotFound'; Command = { [pscustomobject]@{ Path = 'missing.iso'; Disk = 1 } | Start-LinuxKitVM } }
        @{ Id = 'ImageNotRecognized'; Category = 'InvalidData'; Command = { Set-Content "$Prefix-x.iso" 'text'; Start-LinuxKitVM "$Prefix-x.iso" } }
        @{ Id = 'VMExists'; Category = 'ResourceExists'; Command = { $null = New-VM "$Prefix-web" -NoVHD; Start-LinuxKitVM $image } }
        @{ Id = 'VMExists'; Category = 'ResourceExists'; Command = { Start-LinuxKitVM $image -Name "$Prefix-web", "$Prefix-WEB" } }
        @{ Id = 'NameForSeveralImages'; Category = 'InvalidArgument'; Command = { Set-Content "$Prefix-x.iso" ''; Start-LinuxKitVM "$Prefix-*.iso" -Name "$Prefix-y" } }
        @{ Id = 'VMNotFound'; Category = 'ObjectNotFound'; Command = { Start-LinuxKitVM -Name "$Prefix-nobody" } }
        @{ Id = 'VMNotFound'; Category = 'ObjectNotFound'; Command = { Start-LinuxKitVM -Id 11111111-2222-3333-4444-555555555555 } }
        @{ Id = 'VMNotMadeByLinuxKitHyperV'; Category = 'InvalidOperation'; Command = { New-VM "$Prefix-web" -NoVHD | Start-LinuxKitVM } }

        @{ Id = 'InvalidVMName'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Name "$Prefix-$('a' * 101)" } }
        @{ Id = 'InvalidVMName'; Category = 'InvalidArgument'; Command = { New-LinuxKitVM $image -Name ($Prefix + 'a' * (101 - $Prefix.Length)) } }
        @{ Id = 'InvalidVMName'; Category = 'InvalidArgument'; Command = { New-LinuxKitVM $image -Name ' ' } }
        @{ Id = 'InvalidVMName'; Category = 'InvalidArgument'; Command = { New-LinuxKitVM $image -Name "$Prefix-a*" } }
        @{ Id = 'InvalidVMName'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Name "$Prefix-w?b" } }
        @{ Id = 'InvalidVMName'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Name "$Prefix-a`nb" } }
        @{ Id = 'InvalidVMName'; Category = 'InvalidArgument'; Command = { New-LinuxKitVM $image -Name "$Prefix-a$([char]27)[2Jb" } }
        @{ Id = 'InvalidVMName'; Category = 'InvalidArgument'; Command = { New-LinuxKitVM $image -Name "LinuxKitHyperV-unfinished-$Prefix" } }
        @{ Id = 'InvalidVMName'; Category = 'InvalidArgument'; Command = { Copy-Item $image "$Prefix-$('b' * 101).iso"; New-LinuxKitVM "$Prefix-bbb*.iso" } }

        @{ Id = 'InvalidDisk'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Disk color=red } }
        @{ Id = 'InvalidDisk'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Disk @{ Path = "$Prefix-a.vhdx"; File = "$Prefix-b.vhdx" } } }
        @{ Id = 'InvalidDisk'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Disk @{ Size = "1,file=$Prefix-a.vhdx" } } }
        @{ Id = 'InvalidDisk'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Disk @{ Color = 'red' } } }
        @{ Id = 'InvalidDisk'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Disk @{} } }
        @{ Id = 'InvalidDiskSize'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Disk 1M } }
        @{ Id = 'InvalidDiskSize'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Disk 1KB } }
        @{ Id = 'InvalidDiskSize'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Disk -1 } }
        @{ Id = 'DiskNotFound'; Category = 'ObjectNotFound'; Command = { Start-LinuxKitVM $image -Disk missing.vhdx } }
        @{ Id = 'DiskNotFound'; Category = 'ObjectNotFound'; Command = { Start-LinuxKitVM $image -Disk ([pscustomobject]@{ Path = 'x.vhdx'; Size = $null }) } }
        @{ Id = 'DiskNotFound'; Category = 'ObjectNotFound'; Command = { Start-LinuxKitVM $image -Disk @{ Path = 'a,size=5.vhdx' } } }
        @{ Id = 'DiskNotFound'; Category = 'ObjectNotFound'; Command = { Start-LinuxKitVM $image -Disk ([pscustomobject]@{ PSTypeName = 'Deserialized.Microsoft.Vhd.PowerShell.VirtualHardDisk'; Path = 'x.vhdx'; Size = 1GB }) } }
        @{ Id = 'DiskFormatNotSupported'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Disk missing.img } }
        @{ Id = 'DiskFolderNotFound'; Category = 'ObjectNotFound'; Command = { Start-LinuxKitVM $image -Disk file=no/d.vhdx,size=1 } }
        @{ Id = 'DiskGivenTwice'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Disk "file=$Prefix-d.vhdx,size=1", "file=$Prefix-d.vhdx,size=1" } }
        @{ Id = 'DiskGivenTwice'; Category = 'InvalidArgument'; Command = { New-VHD (Join-Path $TestDrive "$Prefix-d.vhdx") -SizeBytes 10MB | ForEach-Object { $_, $_ } | Start-LinuxKitVM $image } }
        @{ Id = 'DiskNotReadable'; Category = 'InvalidArgument'; Command = { Set-Content "$Prefix-x.vhdx" 'x'; Start-LinuxKitVM $image -Disk "$Prefix-x.vhdx" } }

        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Disk 'nowhere:x.vhdx' } }
        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Disk 'Env:PATH.vhdx' } }
        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -MetadataPath 'nowhere:x.iso' } }
        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -ConsoleLogPath 'Variable:log' } }
        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM 'nowhere:x.iso' } }
        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM 'Env:PAT[H]' } }
        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM -LiteralPath 'Env:PATH' } }

        @{ Id = 'PipelineInputRefused'; Category = 'InvalidArgument'; Command = { $image | Start-LinuxKitVM } }
        @{ Id = 'PipelineInputRefused'; Category = 'InvalidArgument'; Command = { $image | New-LinuxKitVM -Disk 1GB } }
        @{ Id = 'PipelineInputRefused'; Category = 'InvalidArgument'; Command = { New-LinuxKitVM $image | New-LinuxKitVM $image } }
        @{ Id = 'PipelineInputRefused'; Category = 'InvalidArgument'; Command = { New-LinuxKitVM $image | New-LinuxKitVM -LiteralPath $image } }
        @{ Id = 'PipelineInputRefused'; Category = 'InvalidArgument'; Command = { New-LinuxKitVM $image | Start-LinuxKitVM -Disk 1GB } }
        @{ Id = 'PipelineInputRefused'; Category = 'InvalidArgument'; Command = { [pscustomobject]@{ Name = "$Prefix-x" } | New-LinuxKitVM } }
        @{ Id = 'PipelineInputRefused'; Category = 'InvalidArgument'; Command = { [pscustomobject]@{ Disk = 1 } | Start-LinuxKitVM $image -Disk 2 } }
        @{ Id = 'DiskFormatNotSupported'; Category = 'InvalidArgument'; Command = { 'web' | Start-LinuxKitVM $image } }

        @{ Id = 'ImageNotGiven'; Category = 'InvalidArgument'; Command = { [pscustomobject]@{ Disk = 1 } | Start-LinuxKitVM } }
        @{ Id = 'ImageNotGiven'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM -NoNetwork } }
        @{ Id = 'ParametersDoNotGoTogether'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -RemoveOnExit } }
        @{ Id = 'ParametersDoNotGoTogether'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Credential ([pscredential]::new('user', [securestring]::new())) } }
        @{ Id = 'ParametersDoNotGoTogether'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -TimeoutSec 1 } }
        @{ Id = 'ParametersDoNotGoTogether'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Console -NoCapture } }
    ) {
        $null = Assert-Failure $Id $Category $Command
        Get-VM | Where-Object { $_.Id -notin $before -and $_.Name -ne "$Prefix-web" } | Should -BeNullOrEmpty
        'LinuxKitHyperV-unfinished-*' | Should -Not -Exist
    }

    It 'is said: <Message>' -TestCases @(
        @{ Id = 'PipelineInputRefused'; Message = "'web' from the pipeline is neither a file nor a VM."; Command = { 'web' | Start-LinuxKitVM } }
        @{ Id = 'PipelineInputRefused'; Message = "-Disk, -NoNetwork go with the file of an image, and 'web' from the pipeline is none."; Command = { 'web' | Start-LinuxKitVM -Disk 1GB -NoNetwork } }
        @{ Id = 'ImageNotGiven'; Message = '-Disk goes with an image, and none is given.'; Command = { Start-LinuxKitVM -Name "$Prefix-z" -Disk 1 } }
        @{ Id = 'ImageNotGiven'; Message = 'No image is given.'; Command = { New-LinuxKitVM } }
    ) {
        (Assert-Failure $Id InvalidArgument $Command).Exception.Message | Should -Be $Message
        Get-TestVM | Should -BeNullOrEmpty
    }

    It 'is only the names that a VM cannot have' {
        $null = Assert-Failure 'InvalidVMName' 'InvalidArgument' { New-LinuxKitVM $image -Name "$Prefix-a*", "$Prefix-abc", "$Prefix-[a]" }
        (Get-TestVM).Name | Sort-Object | Should -Be ("$Prefix-[a]", "$Prefix-abc" | Sort-Object)
    }

    It 'comes with a word of <Remedy> for <Command>' -TestCases @(
        @{ Remedy = '-LiteralPath'; Name = 'build [1]-efi'; Command = { Start-LinuxKitVM "./$Prefix-build [1]-efi.iso" } }
        @{ Remedy = '-LiteralPath'; Name = 'build [1]-efi'; Command = { Get-LinuxKitImage "$Prefix-build [1]-efi.iso" } }
        @{ Remedy = 'Check the path'; Name = 'other'; Command = { Start-LinuxKitVM "./$Prefix-build [1]-efi.iso" } }
    ) {
        $file = Copy-TestImage $Name
        (Assert-Failure 'ImageNotFound' 'ObjectNotFound' $Command).ErrorDetails.RecommendedAction | Should -Match $Remedy
        Remove-Item -LiteralPath $file
    }

    It 'comes with a word of VMs that exist where they can be started' {
        (Assert-Failure 'ImageNotFound' 'ObjectNotFound' { Start-LinuxKitVM "$Prefix-web" }).ErrorDetails.RecommendedAction | Should -Match '-Name'
        (Assert-Failure 'ImageNotFound' 'ObjectNotFound' { New-LinuxKitVM "$Prefix-web" }).ErrorDetails.RecommendedAction | Should -Not -Match '-Name'
    }

    It 'is what Windows can have no file for, be it there elsewhere: <Name>' -TestCases @(
        @{ Name = 'a|b.iso' }
        @{ Name = 'a<b>.iso' }
        @{ Name = 'a"b.iso' }
        @{ Name = "a`tb.iso" }
    ) {
        if ([IO.Path]::DirectorySeparatorChar -ne '\') { Set-Content -LiteralPath $Name 'image' }
        $null = Assert-Failure 'ImageNotFound' 'ObjectNotFound' { Start-LinuxKitVM -Path $Name }
        $null = Assert-Failure 'ImageNotFound' 'ObjectNotFound' { Start-LinuxKitVM -LiteralPath $Name }
        $null = Assert-Failure 'DiskFormatNotSupported' 'InvalidArgument' { Start-LinuxKitVM $image -Disk ($Name -replace '\.iso', '.vhdx') }
        $null = Assert-Failure 'MetadataNotFound' 'ObjectNotFound' { Start-LinuxKitVM $image -MetadataPath $Name }
        Get-TestVM | Should -BeNullOrEmpty
    }
}
