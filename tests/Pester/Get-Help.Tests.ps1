BeforeDiscovery {
    Import-Module LinuxKitHyperV
    $cmdlets = (Get-Command -Module LinuxKitHyperV).Name | ForEach-Object { @{ Name = $_ } }
}

Describe 'Get-Help' -Tag Package {
    It 'shows <Name>' -TestCases $cmdlets {
        $help = Get-Help $Name -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.description.Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        $help.alertSet.alert.Text -join "`n" | Should -Match 'real Hyper-V host'
        $help.parameters.parameter.description | ForEach-Object { $_.Text | Should -Not -BeNullOrEmpty }
        Get-Help $Name -Examples | Out-String | Should -Match "Example 1"
    }

    It 'shows the concepts' {
        Get-Help about_LinuxKitHyperV | Out-String | Should -Match 'WHAT IS REMOVED AND WHAT STAYS'
    }
}
