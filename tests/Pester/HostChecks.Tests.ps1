BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $mallory = New-Object Management.Automation.PSCredential mallory, (New-Object securestring)

    function Get-FailedCheck {
        Test-LinuxKitHost @args | Where-Object Passed -eq $false
    }

    # What may be wrong with a real host already.
    $before = @(Get-FailedCheck | ForEach-Object Check)
}

AfterAll {
    Pop-Location
}

Describe 'The checks of a host' -Tag HyperV {
    AfterEach {
        Clear-StandIn
        Clear-TestVM
    }

    It 'are passed by one that is ready, but for what only a running VM shows' {
        if (-not $env:HYPERV_QEMU_HOME) { Set-ItResult -Skipped -Because 'a real host is what it is' }
        (Test-LinuxKitHost | Where-Object Passed -ne $true).Check | Should -Be 'Console pipe'
        Test-LinuxKitHost -Quiet | Should -BeTrue
    }

    It 'name this computer' {
        (Test-LinuxKitHost).ComputerName | Select-Object -Unique | Should -Be ([Environment]::MachineName)
    }

    It 'say that <Check> failed: <Control>=<Value>' -TestCases @(
        @{ Check = 'Management service'; Control = 'Broken'; Value = 'vmms'; Remedy = 'vmms' }
        @{ Check = 'Management service'; Control = 'Broken'; Value = 'service'; Remedy = 'vmms' }
        @{ Check = 'Rights'; Control = 'Deny'; Value = '*'; Remedy = 'S-1-5-32-578' }
        @{ Check = 'PowerShell'; Control = 'Deserialized'; Value = '1'; Remedy = '1809' }
        @{ Check = 'Hypervisor'; Control = 'Broken'; Value = 'hypervisor'; Remedy = 'hypervisorlaunchtype' }
        @{ Check = 'Memory'; Control = 'Broken'; Value = 'memory'; Remedy = 'Stop other VMs' }
        @{ Check = 'Virtual machine path', 'Virtual hard disk path'; Control = 'Broken'; Value = 'disk-space'; Remedy = 'Set-VMHost' }
    ) {
        Set-StandIn $Control $Value
        $failed = Get-FailedCheck
        $failed.Check | Should -Be $Check
        $failed.Remedy | ForEach-Object { $_ | Should -MatchExactly $Remedy }
        Test-LinuxKitHost -Quiet | Should -BeFalse
    }

    It 'say that the host of this host gives it no hypervisor' {
        Set-StandIn Nested hidden
        Set-StandIn Broken hypervisor
        $failed = Get-FailedCheck
        $failed.Check | Should -Be Hypervisor, 'Nested virtualization'
        $failed[1].Remedy | Should -MatchExactly ExposeVirtualizationExtensions
        Test-LinuxKitHost -Quiet | Should -BeFalse
    }

    It 'leave open whose hypervisor a host sees that is a VM, until a VM runs' {
        Set-StandIn Nested 1
        $unknown = Test-LinuxKitHost | Where-Object Check -in Hypervisor, 'Nested virtualization'
        $unknown.Passed | Should -Be $null, $null
        Test-LinuxKitHost -Quiet | Should -BeTrue

        # Anybody's does.
        $other = New-VM "$Prefix-other" -Generation 2 -Path $TestDrive
        try {
            Start-VM $other
            $known = Test-LinuxKitHost | Where-Object Check -in Hypervisor, 'Nested virtualization'
            $known.Passed | Should -Be $true, $true
        }
        finally {
            Stop-VM $other -TurnOff -Force
            Remove-VM $other -Force
        }
    }

    It 'are not good where Windows says nothing of the host' {
        Get-Module CimCmdlets | Remove-Module
        $silent = New-Module CimCmdlets { function Get-CimInstance { } } | Import-Module -PassThru
        try {
            (Get-FailedCheck).Check | Where-Object { $_ -notin $before } | Should -BeNullOrEmpty
            (Test-LinuxKitHost | Where-Object Check -in Memory, 'Nested virtualization').Passed | Should -Be $null, $null
            Test-LinuxKitHost -Quiet | Should -BeFalse
        }
        finally {
            Remove-Module $silent
        }
    }

    It 'leave <Check> open where Hyper-V answers with an error' -TestCases @(
        @{ Check = 'Switch'; Command = 'Get-VMSwitch' }
        @{ Check = 'Console pipe'; Command = 'Get-VM' }
    ) {
        Set-StandIn Fail "${Command}:1=OperationFailed"
        $checks = Test-LinuxKitHost
        $checks.Passed | Should -Not -Contain $false
        $unknown = $checks | Where-Object Check -eq $Check
        $unknown.Passed | Should -BeNullOrEmpty
        $unknown.Detail | Should -Not -MatchExactly 'could not be found out'
        $unknown.Remedy | Should -MatchExactly vmms
    }

    It 'say that a host is not found' {
        $nowhere = "$Prefix-no"
        $checks = Test-LinuxKitHost $nowhere
        $failed = $checks | Where-Object Passed -eq $false
        $failed.Check | Should -Be Host
        $failed.ComputerName | Should -Be $nowhere
        $told = try { Get-VMHost -ComputerName $nowhere -ErrorAction Stop } catch { $_.Exception.Message }
        $failed.Detail | Should -Be $told
        $failed.Remedy | Should -Not -MatchExactly 'as administrator'
        ($checks | Where-Object Check -in 'Management service', Rights).Passed | Should -Be $null, $null
    }

    It 'say that a credential is refused' {
        Set-StandIn Hosts hv02
        Set-StandIn Refuse_Credential mallory
        $failed = Get-FailedCheck hv02 -Credential $mallory
        $failed.Check | Should -Be Rights
        $failed.Detail | Should -MatchExactly password
        $failed.Remedy | Should -MatchExactly '-Credential'
    }

    It 'are made on several hosts' {
        Set-StandIn Hosts 'hv02;hv03'
        Set-StandIn Deny hv03
        $checks = Test-LinuxKitHost hv02, hv03
        $checks | Where-Object Passed -eq $false | ForEach-Object { "$($_.ComputerName) $($_.Check)" } | Should -Be 'hv03 Rights'
        ($checks | Where-Object ComputerName -eq hv02).Check | Should -Contain Switch
        Test-LinuxKitHost hv02, hv03 -Quiet | Should -BeFalse
        Test-LinuxKitHost hv02 -Quiet | Should -BeTrue
    }

    It 'say whose Get-VM is called' {
        $other = New-Module Other.Product { function Get-VM { } } | Import-Module -PassThru
        try {
            $failed = Get-FailedCheck
        }
        finally {
            Remove-Module $other
        }

        $failed.Check | Should -Be ($before + 'Command names')
        $failed[-1].Detail | Should -MatchExactly 'Other\.Product'
    }

    It 'say which console has no pipe' {
        if ($env:HYPERV_QEMU_ENGINE -ne 'none') { Set-ItResult -Skipped -Because 'a VM that runs has a pipe' }
        $null = Start-LinuxKitVM $image -NoCapture
        $failed = Get-FailedCheck
        $failed.Check | Should -Be 'Console pipe'
        $failed.Detail | Should -MatchExactly "'$Prefix-web'"
    }
}
