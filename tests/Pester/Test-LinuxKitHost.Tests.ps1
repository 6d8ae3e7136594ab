BeforeAll {
    . $PSScriptRoot/Setup.ps1
}

Describe 'Test-LinuxKitHost' -Tag HyperV {
    It 'says whether this host is ready' {
        Test-LinuxKitHost -Quiet | Should -BeOfType ([bool])
    }

    It 'says what it has checked and what to do' {
        $checks = Test-LinuxKitHost
        $checks.Check | Should -Contain 'Management service'
        $checks | Where-Object Passed -eq $false | ForEach-Object { $_.Remedy | Should -Not -BeNullOrEmpty }
        ($checks | Where-Object Check -eq 'Rights').Passed | Should -BeTrue
    }

    It 'is shown in a table' {
        Test-LinuxKitHost | Format-Table | Out-String -Width 200 | Should -Match 'Hyper-V module\s+\S*Passed\S*\s+Version'
    }
}
