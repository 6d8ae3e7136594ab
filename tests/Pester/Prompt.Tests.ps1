BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $null = New-LinuxKitVM $image -Name "$Prefix-web", "$Prefix-it's [1]"
}

AfterAll {
    Clear-TestVM
    Pop-Location
}

Describe 'Tab completion' -Tag HyperV {
    It 'completes the names of VMs in <Command>' -TestCases @(
        @{ Command = 'Get-LinuxKitVM' }
        @{ Command = 'Stop-LinuxKitVM' }
        @{ Command = 'Remove-LinuxKitVM' }
        @{ Command = 'Connect-LinuxKitConsole' }
        @{ Command = 'Start-LinuxKitVM -Name' }
    ) {
        Get-Completion "$Command $Prefix-w" | Should -Be "$Prefix-web"
    }

    It 'quotes what needs quotes, and it means the same' {
        $text = Get-Completion "Get-LinuxKitVM '$Prefix-i"
        $text | Should -Be "'$Prefix-it''s [1]'"
        (& ([scriptblock]::Create("Get-LinuxKitVM $text"))).Name | Should -Be "$Prefix-it's [1]"
    }

    It 'completes images' {
        Get-Completion "Start-LinuxKitVM $Prefix" | Should -BeLike "*$Prefix-web-efi.iso"
    }

    It 'completes the names of switches' {
        $switch = @(Get-VMSwitch)[0].Name
        (Get-Completion 'New-LinuxKitVM x.iso -SwitchName ') -replace "^'|'$" | Should -Contain $switch
    }

    It 'completes images with what needs quotes' {
        $odd = Copy-TestImage "it's [1] `$(x)"
        $text = Get-Completion "Start-LinuxKitVM '$Prefix-it"
        [IO.Path]::GetFileName((& ([scriptblock]::Create("Write-Output $text")))) -replace '`', '' | Should -Be ([IO.Path]::GetFileName($odd))
        Remove-Item -LiteralPath $odd
    }

    It 'completes no file that is no image' {
        Set-Content "$Prefix-notes.txt" text
        Get-Completion "Start-LinuxKitVM $Prefix-n" | Should -BeNullOrEmpty
        Remove-Item "$Prefix-notes.txt"
    }

    It 'completes the keys of disks' {
        Get-Completion 'New-LinuxKitVM x.iso -Disk ' | Should -Contain 'size='
        Get-Completion 'New-LinuxKitVM x.iso -Disk s' | Should -Be 'size='
        Get-Completion "New-LinuxKitVM x.iso -Disk 'file=a.vhdx,s" | Should -Be "'file=a.vhdx,size='"
    }

    It 'completes disks' {
        $null = New-LinuxKitDisk "$Prefix-d" 10M
        Get-Completion "New-LinuxKitVM x.iso -Disk $Prefix-d" | Should -BeLike "*$Prefix-d.vhdx"
        Get-Completion "New-LinuxKitVM x.iso -Disk file=$Prefix-d" | Should -BeLike "*file=*$Prefix-d.vhdx*"
        Remove-Item "$Prefix-d.vhdx"
    }

    It 'does not offer what only refuses' {
        Get-Completion 'Start-LinuxKitVM -Pi' | Should -Not -Contain '-PipelineInput'
    }

    It 'completes parameters' {
        Get-Completion 'Stop-LinuxKitVM -Tu' | Should -Be '-TurnOff'
    }
}
