BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $mallory = New-Object Management.Automation.PSCredential mallory, (New-Object securestring)

    function Get-Remedy([string] $Check) {
        $found = Test-LinuxKitHost @args | Where-Object Check -eq $Check
        $found.Passed | Should -BeFalse
        $found.Remedy
    }
}

AfterAll {
    Pop-Location
}

Describe 'A start that the host does not allow' -Tag HyperV {
    AfterEach {
        Clear-StandIn
        Clear-TestVM
    }

    It 'names the remedy of Test-LinuxKitHost: <Check>, <Value>' -TestCases @(
        @{ Check = 'Hypervisor'; Control = 'Broken'; Value = 'hypervisor'; Id = 'VMStartFailed'; Category = 'InvalidOperation' }
        @{ Check = 'Memory'; Control = 'Broken'; Value = 'memory'; Fault = 'Start-VM:1=OutOfMemory'; Id = 'VMStartFailed'; Category = 'ResourceUnavailable' }
        @{ Check = 'Management service'; Control = 'Broken'; Value = 'vmms'; Id = 'VMQueryFailed'; Category = 'ObjectNotFound' }
    ) {
        Set-StandIn $Control $Value
        $remedy = Get-Remedy $Check
        if ($Fault) { Set-StandIn Fail $Fault }
        $failure = Assert-Failure $Id $Category { Start-LinuxKitVM $image }
        $failure.ErrorDetails.RecommendedAction | Should -MatchExactly ([regex]::Escape($remedy))
        $failure.ErrorDetails.RecommendedAction | Should -MatchExactly Test-LinuxKitHost
    }

    It 'says who may use Hyper-V, as Test-LinuxKitHost does' {
        Set-StandIn Deny '*'
        Get-Remedy Rights | Should -MatchExactly 'Hyper-V Administrators'
        $failure = Assert-Failure 'VMQueryFailed' 'InvalidOperation' { Start-LinuxKitVM $image }
        $failure.ErrorDetails.RecommendedAction | Should -MatchExactly 'Hyper-V Administrators'
        $failure.ErrorDetails.RecommendedAction | Should -MatchExactly Test-LinuxKitHost
    }

    It 'names the remedy of Test-LinuxKitHost: the host is not found' {
        $remedy = Get-Remedy Host "$Prefix-no"
        $failure = Assert-Failure 'VMQueryFailed' 'InvalidArgument' { Start-LinuxKitVM -Name "$Prefix-web" -ComputerName "$Prefix-no" }
        $failure.ErrorDetails.RecommendedAction | Should -MatchExactly ([regex]::Escape($remedy))
    }

    It 'names the remedy of Test-LinuxKitHost: the credential is refused' {
        Set-StandIn Hosts hv02
        Set-StandIn Refuse_Credential mallory
        $remedy = Get-Remedy Rights hv02 -Credential $mallory
        $failure = Assert-Failure 'VMQueryFailedAccessDenied' 'PermissionDenied' { Start-LinuxKitVM -Name "$Prefix-web" -ComputerName hv02 -Credential $mallory }
        $failure.ErrorDetails.RecommendedAction | Should -MatchExactly ([regex]::Escape($remedy))
    }

    It 'names the remedy of Test-LinuxKitHost: there is no switch' {
        Import-Module Hyper-V
        $none = New-Module Hyper-V { function Get-VMSwitch { [CmdletBinding()] param($ComputerName, $CimSession) } } | Import-Module -PassThru
        try {
            $remedy = Get-Remedy Switch
            $failure = Assert-Failure 'NoDefaultSwitch' 'ObjectNotFound' { Start-LinuxKitVM $image }
            $failure.ErrorDetails.RecommendedAction | Should -BeExactly $remedy
        }
        finally {
            Remove-Module $none
        }
    }

    It 'names the remedy of Test-LinuxKitHost: the Hyper-V module is missing' {
        $path = $env:PSModulePath
        try {
            # In no folder that is looked in.
            $env:PSModulePath = Split-Path (Get-Module LinuxKitHyperV).ModuleBase
            Get-Module Hyper-V | Remove-Module
            (Test-LinuxKitHost | Where-Object Passed -eq $false).Check | Should -Be 'Hyper-V module'
            $remedy = Get-Remedy 'Hyper-V module'
            $failure = Assert-Failure 'HyperVModuleNotFound' 'ObjectNotFound' { Start-LinuxKitVM $image }
        }
        finally {
            $env:PSModulePath = $path
        }

        $remedy | Should -MatchExactly Microsoft-Hyper-V-Management-PowerShell
        $failure.ErrorDetails.RecommendedAction | Should -BeExactly $remedy
    }

    It 'says what to do and how to check the host: <Fault>' -TestCases @(
        @{ Fault = 'Start-VM:1=OutOfMemory'; Category = 'ResourceUnavailable'; Remedy = '-MemoryStartupBytes' }
        @{ Fault = 'Start-VM:1=OperationFailed'; Category = 'InvalidOperation'; Remedy = 'Hyper-V-Worker-Admin' }
    ) {
        Set-StandIn Fail $Fault
        $failure = Assert-Failure 'VMStartFailed' $Category { Start-LinuxKitVM $image }
        $failure.ErrorDetails.RecommendedAction | Should -MatchExactly $Remedy
        $failure.ErrorDetails.RecommendedAction | Should -MatchExactly Test-LinuxKitHost
    }
}
