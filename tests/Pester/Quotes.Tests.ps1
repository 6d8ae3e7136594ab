BeforeAll {
    . $PSScriptRoot/Setup.ps1
    $name = "$Prefix-it's `"it`""
    $null = New-LinuxKitVM (Copy-TestImage web-efi) -Name $name -NoNetwork
}

AfterAll {
    Clear-TestVM
}

# For names no completion but the module's own has anything to offer.
Describe 'Tab behind a quote' -Tag HyperV {
    It 'goes on after <Typed>' -TestCases @(
        @{ Typed = "'%-i" }
        @{ Typed = "'%-it''s" }
        @{ Typed = "'%-it''s `"it`"'" }
        @{ Typed = "`"%-it's" }
        @{ Typed = "`"%-it's `"`"it" }
    ) {
        $line = 'Get-LinuxKitVM ' + $Typed.Replace('%', $Prefix)
        $text = (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
        $text | Should -BeExactly "'$($name.Replace("'", "''"))'"
        (& ([scriptblock]::Create("Get-LinuxKitVM $text"))).Name | Should -BeExactly $name
    }

    # Whether the quotes within a word are doubled still when a completer gets it depends on the version of PowerShell.
    It 'takes <Word> as it is typed' -TestCases @(
        @{ Word = "'%-it''s" }
        @{ Word = "'%-it''s `"it`"'" }
        @{ Word = "`"%-it's `"`"it" }
        @{ Word = '%-it' }
    ) {
        $found = [LinuxKitHyperV.Commands.VMNameCompleter]::new().CompleteArgument('Get-LinuxKitVM', 'Name', $Word.Replace('%', $Prefix), $null, @{})
        $found.CompletionText | Should -BeExactly "'$($name.Replace("'", "''"))'"
        $found.ListItemText | Should -BeExactly $name
    }
}
