BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive

    # Whatever image the tests are given, this one is known byte by byte.
    $image = New-TestImage linuxkit-efi.iso web-efi.iso
}

AfterAll {
    Pop-Location
}

Describe 'Get-LinuxKitImage' -Tag Package {
    It 'tells what an image is' {
        $found = Get-LinuxKitImage $image
        $found.Path | Should -Be $image
        $found.Format | Should -Be 'Iso'
        $found.Architecture | Should -Be 'X64'
        $found.Generation | Should -Be 2
        $found.BootMode | Should -Be 'Uefi'
        $found.Console | Should -BeTrue
        $found.SecureBoot | Should -BeNullOrEmpty
        $found.SizeBytes | Should -Be (Get-Item $image).Length
    }

    It 'takes images from the pipeline: <Command>' -TestCases @(
        @{ Command = { "./$Prefix-web-efi.iso" | Get-LinuxKitImage } }
        @{ Command = { "./$Prefix-web*.iso" | Get-LinuxKitImage } }
        @{ Command = { Get-Item $image | Get-LinuxKitImage } }
        @{ Command = { Get-ChildItem "$Prefix-*.iso" | Get-LinuxKitImage } }
        @{ Command = { Get-LinuxKitImage $image | Get-LinuxKitImage } }
        @{ Command = { Get-Item $image | Select-Object PSPath | Get-LinuxKitImage } }
        @{ Command = { [pscustomobject] @{ PSPath = "FileSystem::$image" } | Get-LinuxKitImage } }
    ) {
        (& $Command).Path | Should -Be $image
    }

    It 'takes wildcards, and paths as they are' {
        $odd = Join-Path $TestDrive "$Prefix-a [1].iso"
        Copy-Item $image $odd
        try {
            Get-LinuxKitImage "$Prefix-*.iso" | Should -HaveCount 2
            (Get-LinuxKitImage -LiteralPath "./$Prefix-a [1].iso").Path | Should -Be $odd
        }
        finally {
            Remove-Item -LiteralPath $odd
        }
    }

    It 'is shown in a table' {
        Get-LinuxKitImage $image | Format-Table | Out-String -Width 300 |
            Should -Match "Name\s+Format\s+Architecture\s+Generation\s+Size\s+VirtualSize\s+Bootloader\s+Console\s+SecureBoot"
    }

    It 'goes on with the other images' {
        Set-Content "$Prefix-a.iso" text
        try {
            (Get-LinuxKitImage "$Prefix-*.iso" -ErrorAction SilentlyContinue -ErrorVariable failure).Path | Should -Be $image
            $failure.FullyQualifiedErrorId | Should -Be 'ImageNotRecognized,LinuxKitHyperV.Commands.GetLinuxKitImageCommand'
        }
        finally {
            Remove-Item "$Prefix-a.iso"
        }
    }

    It 'refuses an image that another program keeps to itself' {
        $held = [IO.File]::Open($image, 'Open', 'ReadWrite', 'None')
        try {
            $null = Assert-Failure 'ImageNotReadable' 'ReadError' { Get-LinuxKitImage $image }
        }
        finally {
            $held.Dispose()
        }
    }

    It 'refuses what is not there, as <Id>: <Command>' -TestCases @(
        @{ Id = 'ImageNotFound'; Category = 'ObjectNotFound'; Command = { Get-LinuxKitImage ./missing.iso } }
        @{ Id = 'ImageNotFound'; Category = 'ObjectNotFound'; Command = { Get-LinuxKitImage ./missing*.iso } }
        @{ Id = 'ImageNotFound'; Category = 'ObjectNotFound'; Command = { Get-LinuxKitImage -LiteralPath "./$Prefix-*.iso" } }
        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { Get-LinuxKitImage nowhere:x.iso } }
    ) {
        $null = Assert-Failure $Id $Category $Command
    }

    # The last ones: their files stay.
    It 'refuses what is no image, as <Id>: <Name>' -TestCases @(
        @{ Id = 'ImageNotRecognized'; Category = 'InvalidData'; Name = 'text.iso'; Content = { [Text.Encoding]::ASCII.GetBytes('text') } }
        @{ Id = 'ImageTruncated'; Category = 'InvalidData'; Name = 'truncated.iso'; Content = { [Array]::Resize([ref] $whole, $whole.Length - 2048); $whole } }
        @{ Id = 'ImageDamaged'; Category = 'InvalidData'; Name = 'damaged.iso'; Content = { $whole[19 * 2048] = 7; $whole } }
        @{ Id = 'ImageFormatNotSupported'; Category = 'NotImplemented'; Name = 'descriptor.vmdk'; Content = { [Text.Encoding]::ASCII.GetBytes('# Disk DescriptorFile'.PadRight(1000)) } }
    ) {
        $whole = [IO.File]::ReadAllBytes($image)
        $path = Join-Path $TestDrive "$Prefix-$Name"
        [IO.File]::WriteAllBytes($path, (& $Content))
        $null = Assert-Failure $Id $Category { Get-LinuxKitImage $path }
    }
}
