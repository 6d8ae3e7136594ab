BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive

    # A disk of another making, which holds something.
    $raw = Join-Path $TestDrive "$Prefix-disk.img"
    $bytes = [byte[]]::new(5MB)
    [Random]::new(1).NextBytes($bytes)
    [IO.File]::WriteAllBytes($raw, $bytes)
}

AfterAll {
    Pop-Location
}

Describe 'ConvertTo-LinuxKitDisk' -Tag HyperV {
    AfterEach {
        Remove-Item *.vhdx, *.vhd
    }

    It 'makes a disk that Hyper-V takes' {
        $disk = ConvertTo-LinuxKitDisk $raw
        $disk.Path | Should -Be (Join-Path $TestDrive "$Prefix-disk.vhdx")
        $disk.VhdType | Should -Be 'Dynamic'
        $disk.Size | Should -Be 5MB
        Test-VHD $disk.Path | Should -BeTrue
    }

    It 'makes a VHD' {
        (ConvertTo-LinuxKitDisk $raw "$Prefix.vhd").VhdFormat | Should -Be 'VHD'
        Test-VHD "$Prefix.vhd" | Should -BeTrue
    }

    It 'holds what the image holds' {
        Skip-WithoutQemuImg
        $null = ConvertTo-LinuxKitDisk $raw -Size 64MB
        $null = Convert-VHD "$Prefix-disk.vhdx" "$Prefix-copy.vhd" -VHDType Fixed
        $copy = [IO.File]::ReadAllBytes((Join-Path $TestDrive "$Prefix-copy.vhd"))
        [Convert]::ToBase64String($copy, 0, 5MB) -eq [Convert]::ToBase64String($bytes) | Should -BeTrue
    }

    It 'takes files from Get-ChildItem' {
        (Get-ChildItem "$Prefix-*.img" | ConvertTo-LinuxKitDisk).Size | Should -Be 5MB
    }

    It 'makes a disk whose name looks like a pattern' {
        $name = "$Prefix [1].vhdx"
        (ConvertTo-LinuxKitDisk $raw $name).Path | Should -Be (Join-Path $TestDrive $name)
        (New-LinuxKitDisk "$Prefix [2]" 5MB).Path | Should -Be (Join-Path $TestDrive "$Prefix [2].vhdx")
    }

    It 'replaces a file only with -Force' {
        Set-Content "$Prefix-disk.vhdx" 'kept'
        ConvertTo-LinuxKitDisk $raw -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'DiskExists,LinuxKitHyperV.Commands.ConvertToLinuxKitDiskCommand'
        (ConvertTo-LinuxKitDisk $raw -Force).Size | Should -Be 5MB
    }
}
