BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi

    function New-Disk([string] $Name) {
        New-VHD (Join-Path $TestDrive "$Prefix-$Name") -SizeBytes 10MB
    }

    function Get-DiskPlace([string] $Name) {
        Get-VMHardDiskDrive "$Prefix-$Name" | ForEach-Object { "$($_.ControllerType) $($_.ControllerNumber) $($_.ControllerLocation) $(Split-Path $_.Path -Leaf)" }
    }
}

AfterAll {
    Pop-Location
}

Describe 'The disks of Start-LinuxKitVM' -Tag HyperV {
    AfterEach {
        Clear-TestVM
        Remove-Item *.vhdx, *.img
    }

    It 'are made, and those that are there are used' {
        $null = New-Disk old.vhdx
        $null = Start-LinuxKitVM $image -Disk size=1, "$Prefix-old.vhdx", "file=$Prefix-new.vhdx,size=512M"
        (Get-VMHardDiskDrive "$Prefix-web").Path | Split-Path -Leaf | Should -Be "$Prefix-web-disk.vhdx", "$Prefix-old.vhdx", "$Prefix-new.vhdx"
        (Get-ChildItem -Name | Sort-Object) | Should -Be "$Prefix-new.vhdx", "$Prefix-old.vhdx", "$Prefix-web-disk.vhdx", "$Prefix-web-efi.iso"
        Get-VHD "$Prefix-web-disk.vhdx", "$Prefix-new.vhdx" | ForEach-Object { "$($_.Size / 1MB) $($_.BlockSize / 1MB)" } | Should -Be '1024 1', '512 1'
    }

    It 'are <Disks> of <Command>' -TestCases @(
        @{ Disks = 'web-disk.vhdx'; Command = { Start-LinuxKitVM $image -Disk 1GB } }
        @{ Disks = 'd.vhdx'; Command = { Start-LinuxKitVM $image -Disk (Get-VHD (New-Disk d.vhdx).Path) } }
        @{ Disks = 'd.vhdx'; Command = { $null = New-Disk d.vhdx; Start-LinuxKitVM $image -Disk (Get-Item "$Prefix-d.vhdx") } }
        @{ Disks = 'd.vhdx'; Command = { $null = New-Disk d.vhdx; Start-LinuxKitVM $image -Disk ([IO.FileInfo] (Join-Path $TestDrive "$Prefix-d.vhdx")) } }
        @{ Disks = 'web-disk.vhdx'; Command = { New-LinuxKitVM $image -Disk @{ Size = 1GB } } }
        @{ Disks = 'a b.vhdx'; Command = { New-LinuxKitVM $image -Disk @{ Path = "$Prefix-a b.vhdx"; Size = '10M' } } }
        @{ Disks = 'x.vhdx'; Command = { New-LinuxKitVM $image -Disk @{ File = "$Prefix-x.vhdx"; SizeBytes = 10MB } } }
        @{ Disks = 'a,size=5.vhdx'; Command = { New-LinuxKitVM $image -Disk @{ Path = "$Prefix-a,size=5.vhdx"; Size = '10M' } } }
        @{ Disks = 'a,b.vhdx'; Command = { New-LinuxKitVM $image -Disk @{ File = "$Prefix-a,b.vhdx"; SizeBytes = 10MB; Format = 'vhdx' } } }
        @{ Disks = 'a, b.vhdx'; Command = { New-LinuxKitVM $image -Disk ([pscustomobject]@{ Path = "$Prefix-a, b.vhdx"; Size = 1GB }) } }
        @{ Disks = 'web-disk.vhdx'; Command = { New-LinuxKitVM $image -Disk ([pscustomobject]@{ Size = '10M' }) } }
    ) {
        (. $Command).Name | Should -Be "$Prefix-web"
        (Get-VMHardDiskDrive "$Prefix-web").Path | Split-Path -Leaf | Should -Be "$Prefix-$Disks"
    }

    It 'are <Disks> from the pipeline of <Command>' -TestCases @(
        @{ Disks = 'web-disk.vhdx'; Command = { [pscustomobject]@{ Disk = '10GB' } | Start-LinuxKitVM $image } }
        @{ Disks = 'web-disk.vhdx', 'b.vhdx'; Command = { [pscustomobject]@{ Disk = 1GB, @{ file = "$Prefix-b.vhdx"; size = 1 } } | New-LinuxKitVM $image } }
        @{ Disks = 'd.vhdx'; Command = { New-Disk d.vhdx | ForEach-Object { [pscustomobject]@{ Disk = $_ } } | New-LinuxKitVM $image } }
        @{ Disks = 'web-disk.vhdx'; Command = { [pscustomobject]@{ LiteralPath = $image; Disk = 'size=1' } | Start-LinuxKitVM } }
        @{ Disks = 'web-disk.vhdx'; Command = { [pscustomobject]@{ PSPath = $image; Disk = '10GB' } | New-LinuxKitVM } }
        @{ Disks = 'web-disk.vhdx'; Command = { [pscustomobject]@{ PSPath = "FileSystem::$image"; Disk = '10GB' } | Start-LinuxKitVM } }
        @{ Disks = 'web-disk.vhdx'; Command = { Get-LinuxKitImage $image | New-LinuxKitVM -Disk size=1 } }
        @{ Disks = 'web-disk.vhdx'; Command = { Get-Item $image | Start-LinuxKitVM -Disk size=1 } }
        @{ Disks = 'web-disk.vhdx'; Command = { [IO.FileInfo] $image | Start-LinuxKitVM -Disk size=1 } }
        @{ Disks = 'web-disk.vhdx'; Command = { [pscustomobject]@{ Path = $image; Disk = '10GB' } | Start-LinuxKitVM } }
        @{ Disks = 'd.vhdx'; Command = { $null = New-Disk d.vhdx; [pscustomobject]@{ Path = "$Prefix-web-efi.iso"; Disk = "$Prefix-d.vhdx"; VMName = "$Prefix-web" } | Start-LinuxKitVM } }
        @{ Disks = 'a.vhdx', 'b.vhdx'; Command = { New-LinuxKitDisk "$Prefix-a.vhdx", "$Prefix-b.vhdx" -Size 1 | Start-LinuxKitVM $image } }
        @{ Disks = 'web-disk.vhdx', 'a.vhdx'; Command = { New-LinuxKitDisk "$Prefix-a.vhdx" -Size 1 | Start-LinuxKitVM $image -Disk 1GB } }
        @{ Disks = 'a.vhdx', 'b.vhdx'; Command = { New-LinuxKitDisk "$Prefix-a.vhdx", "$Prefix-b.vhdx" -Size 1 | Start-LinuxKitVM -LiteralPath $image } }
        @{ Disks = 'a.vhdx'; Command = { $null = New-LinuxKitDisk "$Prefix-a.vhdx" -Size 1; Get-Item "$Prefix-a.vhdx" | New-LinuxKitVM $image } }
        @{ Disks = 'a.vhdx'; Command = { $null = New-LinuxKitDisk "$Prefix-a.vhdx" -Size 1; [IO.FileInfo] (Join-Path $TestDrive "$Prefix-a.vhdx") | New-LinuxKitVM $image } }
        @{ Disks = 'web-disk.vhdx', 'b.vhdx', 'c.vhdx'; Command = { 10GB, @{ file = "$Prefix-b.vhdx"; size = 1 }, "file=$Prefix-c.vhdx,size=2" | New-LinuxKitVM $image } }
    ) {
        (. $Command).Name | Should -Be "$Prefix-web"
        (Get-VMHardDiskDrive "$Prefix-web").Path | Split-Path -Leaf | Should -Be ($Disks | ForEach-Object { "$Prefix-$_" })
    }

    It 'lie behind the DVD drives' {
        $null = New-LinuxKitVM $image -Disk size=1, size=1
        Get-DiskPlace web | Should -Be "SCSI 0 2 $Prefix-web-disk.vhdx", "SCSI 0 3 $Prefix-web-disk1.vhdx"
    }

    It 'go on from IDE to SCSI in Generation 1, in their order' {
        $null = New-TestImage linuxkit-bios.img web-bios.img
        $null = Start-LinuxKitVM "$Prefix-web-bios.img" -Disk size=1, size=1, size=1 -Metadata 'text'
        Get-DiskPlace web | Should -Be "IDE 0 0 $Prefix-web-boot.vhdx", "IDE 0 1 $Prefix-web-disk.vhdx", "SCSI 0 0 $Prefix-web-disk1.vhdx", "SCSI 0 1 $Prefix-web-disk2.vhdx"
        Get-VMDvdDrive "$Prefix-web" | ForEach-Object { "$($_.ControllerNumber) $($_.ControllerLocation)" } | Should -Be '1 0', '1 1'
    }

    It 'of another format are converted once' {
        [IO.File]::WriteAllBytes((Join-Path $TestDrive "$Prefix-data.img"), [byte[]]::new(5MB))
        $null = Start-LinuxKitVM $image -Disk "$Prefix-data.img" -NoNetwork -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -HaveCount 1
        $warning | Should -Match 'a copy of'
        Get-DiskPlace web | Should -Be "SCSI 0 2 $Prefix-web-$Prefix-data.vhdx"

        Clear-TestVM
        $null = Start-LinuxKitVM $image -Disk "$Prefix-data.img" -NoNetwork -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -BeNullOrEmpty
        Get-DiskPlace web | Should -Be "SCSI 0 2 $Prefix-web-$Prefix-data.vhdx"
    }

    It 'may have names that look like patterns' {
        $null = Start-LinuxKitVM $image -Disk "file=$Prefix-a [1].vhdx,size=1"
        Clear-TestVM
        $null = Start-LinuxKitVM $image -Disk "$Prefix-a [1].vhdx"
        Get-DiskPlace web | Should -Be "SCSI 0 2 $Prefix-a [1].vhdx"
    }

    It 'are no DVDs, and nothing is told of a copy' {
        $dvd = Copy-TestImage x
        $null = Assert-Failure 'ImageIsDvd' 'InvalidArgument' { New-LinuxKitVM $image -Disk $dvd -NoNetwork -WarningVariable script:warning }
        $script:warning | Should -BeNullOrEmpty
        Remove-Item $dvd
    }
}
