BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe 'Wait-LinuxKitVM' -Tag HyperV {
    AfterEach {
        Clear-TestVM
    }

    It 'waits until the guest answers' {
        (Start-LinuxKitVM $image | Wait-LinuxKitVM).Name | Should -Be "$Prefix-web"
    }

    It 'waits for several VMs' {
        $names = "$Prefix-1", "$Prefix-2"
        (Start-LinuxKitVM $image -Name $names | Wait-LinuxKitVM -TimeoutSec 300).Name | Sort-Object | Should -Be $names
    }

    It 'waits until a VM is off' {
        $null = New-LinuxKitVM $image
        (Wait-LinuxKitVM "$Prefix-web" -For Off).State | Should -Be 'Off'
    }

    It 'waits for a state' {
        $null = Start-LinuxKitVM $image
        (Wait-LinuxKitVM "$Prefix-web" -For State -State Running).State | Should -Be 'Running'
    }

    It 'takes a copy by its id' {
        $vm = New-LinuxKitVM $image
        (ConvertTo-Copy $vm | Wait-LinuxKitVM -For Off).Name | Should -Be "$Prefix-web"
    }

    It 'does not wait for the guest of a VM that is off' {
        $null = New-LinuxKitVM $image
        { Wait-LinuxKitVM "$Prefix-web" -TimeoutSec 3600 -ErrorAction Stop } | Should -Throw -ErrorId 'VMNotRunning,LinuxKitHyperV.Commands.WaitLinuxKitVMCommand'
    }

    It 'ends when the time has passed' {
        $null = New-LinuxKitVM $image
        Wait-LinuxKitVM "$Prefix-web" -For State -State Running -TimeoutSec 1 -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'VMWaitTimeout,*'
    }
}
