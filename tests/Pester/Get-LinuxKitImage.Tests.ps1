BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe 'Get-LinuxKitImage' -Tag Package {
    It 'tells what an image is' {
        $found = Get-LinuxKitImage $image
        $found.Path | Should -Be $image
        $found.Format | Should -Be 'Iso'
        $found.Generation | Should -Be 2
        $found.Console | Should -BeTrue
        $found.SizeBytes | Should -Be (Get-Item $image).Length
    }

    It 'takes files from Get-ChildItem' {
        (Get-ChildItem "$Prefix-*.iso" | Get-LinuxKitImage).BootMode | Should -Be 'Uefi'
    }

    It 'refuses what is no image' {
        Set-Content "$Prefix-text.iso" 'text'
        Get-LinuxKitImage "$Prefix-text.iso" -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'ImageNotRecognized,LinuxKitHyperV.Commands.GetLinuxKitImageCommand'
    }

    It 'is shown in a table' {
        Get-LinuxKitImage $image | Format-Table | Out-String -Width 300 |
            Should -Match "Name\s+Format\s+Architecture\s+Generation\s+Size\s+VirtualSize\s+Bootloader\s+Console\s+SecureBoot"
    }
}
