BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $name = "$Prefix-web"
    $secret = 'correct-horse-battery'

    # All that a record says, wherever a program may look.
    function ConvertTo-Text($Record) {
        $Record | ForEach-Object { "$_ $($_.Message) $($_.Exception) $($_.ErrorDetails) $($_.ErrorDetails.RecommendedAction) $($_.TargetObject) $($_.Activity) $($_.StatusDescription)" }
    }
}

AfterAll {
    Pop-Location
}

Describe 'A secret in metadata' -Tag HyperV {
    AfterEach {
        Clear-TestVM
        Remove-Item "$Prefix*" -Exclude (Split-Path $image -Leaf)
    }

    It 'is in the image, and in nothing that the cmdlets emit' {
        # A runspace keeps progress too, which no redirection takes.
        $shell = [powershell]::Create()
        try {
            $output = $shell.AddScript({
                    param($image, $name, $secret)
                    Set-Location (Split-Path $image)
                    $DebugPreference = 'Continue'
                    $metadata = @{ 'key:0600' = $secret }
                    $vm = New-LinuxKitVM $image -Metadata $metadata -Verbose -InformationAction Continue
                    $null = Start-LinuxKitVM -Name $name -Metadata $metadata -Verbose
                    Start-LinuxKitVM $image -Metadata $metadata
                    New-LinuxKitMetadata missing/m.iso $metadata
                    New-LinuxKitMetadata m.iso @{ 'a/b' = $secret }
                    $vm.Notes
                    $vm
                }).AddArgument($image).AddArgument($name).AddArgument($secret).Invoke()
            $streams = $shell.Streams
            $streams.Error.FullyQualifiedErrorId -replace ',.*' | Should -Be VMExists, MetadataNotWritable, MetadataNameInvalid
            $streams.Verbose | Should -Not -BeNullOrEmpty
            $said = ConvertTo-Text @($output; $streams.Error; $streams.Verbose; $streams.Debug; $streams.Warning; $streams.Information; $streams.Progress)
            $said -match $secret | Should -BeNullOrEmpty
        }
        finally {
            $shell.Dispose()
        }

        [IO.File]::ReadAllText((Get-Item "$name-metadata-*").FullName) | Should -Match $secret
    }

    It 'is in no text that is shown' {
        $null = New-LinuxKitVM $image -Metadata x
        $transcript = Join-Path $TestDrive "$Prefix-shown.txt"
        $null = Start-Transcript $transcript
        try {
            $failure = & {
                $VerbosePreference = $DebugPreference = $ErrorActionPreference = 'Continue'
                Start-LinuxKitVM $image -Name "$Prefix-new" -Metadata @{ 'key:0600' = $secret } -WhatIf
                Start-LinuxKitVM $image -Name "$Prefix-new" -Metadata $secret -WhatIf
                Start-LinuxKitVM -Name $name -Metadata $secret -WhatIf
                New-LinuxKitMetadata "$Prefix-m" @{ key = $secret } -WhatIf
                New-LinuxKitMetadata "$Prefix-m" -UserData $secret -MetaData $secret -WhatIf
                $null = New-LinuxKitMetadata "$Prefix-m" -UserData $secret -MetaData $secret
                New-LinuxKitMetadata "$Prefix-m" -UserData $secret -MetaData $secret
                New-LinuxKitMetadata missing/m -UserData $secret -MetaData $secret
            } 2>&1
        }
        finally {
            $null = Stop-Transcript
        }

        # The last two fail and say why; the others what they would do, where a VM is there two things.
        $failure.FullyQualifiedErrorId -replace ',.*' | Should -Be MetadataExists, MetadataNotWritable
        $text = [IO.File]::ReadAllText($transcript)
        [regex]::Matches($text, 'What if:') | Should -HaveCount 6
        $text | Should -Match '-metadata-'
        $text + (ConvertTo-Text $failure) | Should -Not -Match $secret
        [IO.File]::ReadAllText((Get-Item "$Prefix-m.iso").FullName) | Should -Match $secret
    }
}
