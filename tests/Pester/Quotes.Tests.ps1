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
}
