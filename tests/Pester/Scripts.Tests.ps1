BeforeDiscovery {
    $root = [IO.Path]::GetFullPath("$PSScriptRoot/../..")

    # The manifest is looked at where it is packaged: it names files that lie beside it there.
    $files = @(
        Get-ChildItem $root -Filter *.ps1
        Get-ChildItem "$root/docs", "$root/tests" -Filter *.ps1 -Recurse | Where-Object { $_.FullName -notmatch '[\\/](bin|obj)[\\/]' }
        Get-Item "$root/artifacts/modules/LinuxKitHyperV/LinuxKitHyperV.psd1"
    )
    $scripts = $files | ForEach-Object { @{ Path = $_.FullName; Name = $_.FullName.Substring($root.Length) } }

    # One test to skip where it is not there, instead of one for each script.
    $isAnalyzed = [bool] (Get-Module PSScriptAnalyzer -ListAvailable)
}

Describe 'Scripts' -Tag Package {
    if (-not $isAnalyzed) {
        It 'satisfy PSScriptAnalyzer' { Set-ItResult -Skipped -Because 'PSScriptAnalyzer is not installed' }
        return
    }

    It 'has <Name> satisfy PSScriptAnalyzer' -TestCases $scripts {
        $settings = @{
            Severity = 'Error', 'Warning'
            Rules    = @{ PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = '5.1', '7.4' } }
        }
        # What builds and tests shows is for a person who watches; what a test makes, nobody wants to be asked about.
        $settings.ExcludeRules = @('PSAvoidUsingWriteHost', 'PSUseShouldProcessForStateChangingFunctions')
        if ($Path -like '*.Tests.ps1') {
            # Pester's blocks use variables that other blocks set.
            $settings.ExcludeRules += 'PSUseDeclaredVarsMoreThanAssignments'
        }

        Invoke-ScriptAnalyzer $Path -Settings $settings |
            ForEach-Object { "$($_.Line): $($_.RuleName): $($_.Message)" } |
            Should -BeNullOrEmpty
    }
}
