# What may stand before | and what belongs to -VM.
BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe 'A VM from the pipeline' -Tag HyperV {
    AfterEach {
        Clear-TestVM
    }

    It 'is told by its name, which may be a number: <Command>' -TestCases @(
        @{ Emits = $true; Remain = 2; Command = { $input | Get-LinuxKitVM -ErrorAction SilentlyContinue -ErrorVariable +failure } }
        @{ Emits = $true; Remain = 2; Command = { $input | Stop-LinuxKitVM -TurnOff -PassThru -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable +failure } }
        @{ Emits = $true; Remain = 2; Command = { $input | Wait-LinuxKitVM -For Off -ErrorAction SilentlyContinue -ErrorVariable +failure } }
        @{ Emits = $false; Remain = 2; Command = { $input | Disconnect-LinuxKitConsole -ErrorAction SilentlyContinue -ErrorVariable +failure } }
        @{ Emits = $false; Remain = 1; Command = { $input | Remove-LinuxKitVM -Force -ErrorAction SilentlyContinue -ErrorVariable +failure } }
    ) {
        $null = New-LinuxKitVM $image -Name "$Prefix-web", "$Prefix-my web"
        $failure = @()
        $emitted = "$Prefix-web", 3141592653, "$Prefix-nobody" | . $Command
        $emitted.Name | Should -Be $(if ($Emits) { "$Prefix-web" })
        $failure.FullyQualifiedErrorId -replace ',.*' | Should -Be 'VMNotFound', 'VMNotFound'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound', 'ObjectNotFound'
        $failure.TargetObject | Should -Be '3141592653', "$Prefix-nobody"
        (Get-TestVM).Name | Should -HaveCount $Remain
        (Get-TestVM).Name | Should -Contain "$Prefix-my web"
    }

    It 'is told by its id where it is <What>, however it is called since' -TestCases @(
        @{ What = "Hyper-V's object"; Command = { Get-VM "$Prefix-web" } }
        @{ What = "the module's object"; Command = { Get-LinuxKitVM "$Prefix-web" } }
        @{ What = 'a copy'; Command = { ConvertTo-Copy (Get-LinuxKitVM "$Prefix-web") } }
    ) {
        $null = New-LinuxKitVM $image -Name "$Prefix-web", "$Prefix-other"
        $vm = & $Command
        Rename-VM "$Prefix-web" -NewName "$Prefix-renamed"
        Rename-VM "$Prefix-other" -NewName "$Prefix-web"
        $vm | Remove-LinuxKitVM -Force
        (Get-TestVM).Name | Should -Be "$Prefix-web"
    }
}

Describe "A VM on its way to Hyper-V's own cmdlets" -Tag HyperV {
    AfterEach {
        Clear-TestVM
    }

    It 'gets a checkpoint once it may have one' {
        $null = New-LinuxKitVM $image
        Get-LinuxKitVM "$Prefix-web" | Set-VM -CheckpointType Standard -Passthru | Checkpoint-VM
        Get-VMSnapshot "$Prefix-web" | Should -HaveCount 1
    }
}

Describe 'The parameter -VM' -Tag HyperV {
    BeforeAll {
        $vm = New-LinuxKitVM $image
        $copy = ConvertTo-Copy $vm
    }

    AfterAll {
        Clear-TestVM
    }

    It 'says where a name belongs: <Command>' -TestCases @(
        @{ Command = { Stop-LinuxKitVM -VM "$Prefix-web" } }
        @{ Command = { Start-LinuxKitVM -VM "$Prefix-other", "$Prefix-web" } }
        @{ Command = { Receive-LinuxKitConsole -VM $vm, "$Prefix-web" } }
    ) {
        $Command | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*is text and no VM object. Give the name of a VM with -Name*'
    }

    It 'says how a copy is given: <Command>' -TestCases @(
        @{ Command = { Start-LinuxKitVM -VM $copy } }
        @{ Command = { Stop-LinuxKitVM -VM $copy } }
        @{ Command = { Remove-LinuxKitVM -VM $copy } }
        @{ Command = { Wait-LinuxKitVM -VM $copy -For Off } }
        @{ Command = { Get-LinuxKitIPAddress -VM $copy } }
        @{ Command = { Receive-LinuxKitConsole -VM $copy } }
    ) {
        $Command | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*is a copy of a VM object. Pipe it to the cmdlet, or give its Id with -Id*'
    }
}
