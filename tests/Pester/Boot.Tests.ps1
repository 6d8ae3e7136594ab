BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $name = "$Prefix-web"
    $patience = 300

    # What LinuxKit's images end a boot with: a shell, or somebody who asks who is there. Ours say so before.
    $ready = 'linuxkit: ready|login: *$|# *$'

    # The other tests' VMs on the stand-in have states and nothing else.
    $before = @{ HYPERV_QEMU_ENGINE = $env:HYPERV_QEMU_ENGINE; HYPERV_QEMU_HOME = $env:HYPERV_QEMU_HOME }
    if ($env:HYPERV_QEMU_HOME) {
        $env:HYPERV_QEMU_ENGINE = $null
        $env:HYPERV_QEMU_HOME = Join-Path $TestDrive host
    }

    if ($env:LINUXKIT_TEST_BOOT_IMAGE) {
        $image = Join-Path $TestDrive "$name-efi.iso"
        [IO.File]::Copy($env:LINUXKIT_TEST_BOOT_IMAGE, $image)
        $vm = Start-LinuxKitVM $image -Disk size=64M -ConsoleLogPath console.log -ErrorAction Stop
    }
}

AfterAll {
    Clear-TestVM
    foreach ($variable in $before.Keys) { [Environment]::SetEnvironmentVariable($variable, $before[$variable]) }
    Pop-Location
}

# One boot, from its start to its end: the tests follow each other.
Describe 'A guest that boots' -Tag HyperV, Boot {
    BeforeEach {
        if (-not $env:LINUXKIT_TEST_BOOT_IMAGE) { Set-ItResult -Skipped -Because 'no image that boots is named with -ImagePath, and tests/images has made none' }
    }

    It 'says on its console that it is there' {
        $match = Wait-LinuxKitConsole $name $ready -TimeoutSec $patience
        $match.VMName | Should -Be $name
        $match.BootNumber | Should -Be 1
    }

    It 'answers Hyper-V' {
        ($vm | Wait-LinuxKitVM -TimeoutSec $patience).Id | Should -Be $vm.Id
    }

    It 'runs a command' {
        $result = Invoke-LinuxKitCommand $name 'uname -s; exit 3' -TimeoutSec $patience
        $result.Output.Trim() | Should -Be 'Linux'
        $result.ExitCode | Should -Be 3
    }

    It 'has the disk' {
        $sectors = (Invoke-LinuxKitCommand $name 'cat /sys/block/*/size' -TimeoutSec $patience).Output -split '\s+'
        $sectors | Should -Contain (64MB / 512)
    }

    It 'is typed to, and what it answers is waited for, read and logged' {
        # What is typed is echoed, and must not be taken for the answer.
        $vm | Send-LinuxKitConsole -Text 'echo $((6 * 7)) is the answer'
        (Wait-LinuxKitConsole $name '^(\d+) is the answer' -TimeoutSec $patience).Match.Groups[1].Value | Should -Be '42'
        (Receive-LinuxKitConsole $name).Text | Should -Contain '42 is the answer'
        'console.log' | Should -FileContentMatch '42 is the answer'
    }

    It 'restarts, and its console is still captured' {
        Restart-VM $name -Force
        (Wait-LinuxKitConsole $name $ready -FromNow -TimeoutSec $patience).BootNumber | Should -BeGreaterThan 1
        (Invoke-LinuxKitCommand $name 'uname -s' -TimeoutSec $patience).Output.Trim() | Should -Be 'Linux'
        (Receive-LinuxKitConsole $name).Text | Should -Contain '42 is the answer'
    }

    It 'shuts down when it is asked to' {
        ($vm | Wait-LinuxKitVM -TimeoutSec $patience | Stop-LinuxKitVM -TimeoutSec $patience -PassThru).State | Should -Be 'Off'
        (Receive-LinuxKitConsole $name).Text | Should -Contain '42 is the answer'
    }

    It 'leaves nothing when it is removed' {
        $pipe = $vm.ConsolePipe -replace '^\\\\\.\\pipe\\'
        Remove-LinuxKitVM $name -RemoveDisk -Confirm:$false
        Get-TestVM | Should -BeNullOrEmpty
        Get-ChildItem -Name | Where-Object { $_ -notin 'console.log', 'host', (Split-Path $image -Leaf) } | Should -BeNullOrEmpty
        if ($before.HYPERV_QEMU_HOME) {
            Get-ChildItem host -Recurse -File | Where-Object FullName -like "*$($vm.Id)*" | Should -BeNullOrEmpty
            Join-Path ([IO.Path]::GetTempPath()) "CoreFxPipe_$pipe" | Should -Not -Exist
            Get-Process | Where-Object CommandLine -like "*$TestDrive*" | Should -BeNullOrEmpty
        }
        else {
            [IO.Directory]::GetFiles('\\.\pipe\') | Should -Not -Contain "\\.\pipe\$pipe"
        }
    }
}
