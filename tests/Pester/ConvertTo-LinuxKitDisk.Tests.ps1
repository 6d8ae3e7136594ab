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

    It 'makes a disk that Hyper-V takes: <Command>' -TestCases @(
        @{ Format = 'VHDX'; File = 'disk.vhdx'; Command = { ConvertTo-LinuxKitDisk "./$Prefix-disk.img" } }
        @{ Format = 'VHDX'; File = 'boot.vhdx'; Command = { ConvertTo-LinuxKitDisk $raw "./$Prefix-boot.vhdx" } }
        @{ Format = 'VHD'; File = 'boot.vhd'; Command = { ConvertTo-LinuxKitDisk $raw "./$Prefix-boot.vhd" } }
        @{ Format = 'VHDX'; File = 'disk.vhdx'; Command = { ConvertTo-LinuxKitDisk *.img } }
        @{ Format = 'VHDX'; File = 'disk.vhdx'; Command = { Get-Item $raw | ConvertTo-LinuxKitDisk } }
        @{ Format = 'VHDX'; File = 'disk.vhdx'; Command = { Get-ChildItem "$Prefix-*.img" | ConvertTo-LinuxKitDisk } }
        @{ Format = 'VHDX'; File = 'disk.vhdx'; Command = { [pscustomobject] @{ PSPath = "FileSystem::$raw" } | ConvertTo-LinuxKitDisk } }
    ) {
        $disk = & $Command
        $disk.Path | Should -Be (Join-Path $TestDrive "$Prefix-$File")
        $disk.VhdFormat | Should -Be $Format
        $disk.VhdType | Should -Be 'Dynamic'
        $disk.Size | Should -Be 5MB
        Test-VHD $disk.Path | Should -BeTrue
        Get-FileName | Where-Object { $_ -ne "$Prefix-disk.img" } | Should -Be "$Prefix-$File"
    }

    It 'takes what Get-LinuxKitImage emits' {
        $image = New-TestImage linuxkit-efi.img efi.img
        $disk = Get-LinuxKitImage $image | ConvertTo-LinuxKitDisk
        Remove-Item $image
        $disk.Path | Should -Be (Join-Path $TestDrive "$Prefix-efi.vhdx")
        $disk.Size | Should -Be 3MB
        Test-VHD $disk.Path | Should -BeTrue
    }

    It 'makes a VHDX with blocks of 1 MiB' {
        (ConvertTo-LinuxKitDisk $raw).BlockSize | Should -Be 1MB
    }

    It 'makes a disk that is larger' {
        (ConvertTo-LinuxKitDisk $raw -Size 2).Size | Should -Be 2GB
    }

    It 'holds what the image holds' {
        Skip-WithoutQemuImg
        $null = ConvertTo-LinuxKitDisk $raw -Size 64MB
        $null = Convert-VHD "$Prefix-disk.vhdx" "$Prefix-copy.vhd" -VHDType Fixed
        $copy = [IO.File]::ReadAllBytes((Join-Path $TestDrive "$Prefix-copy.vhd"))
        [Convert]::ToBase64String($copy, 0, 5MB) -eq [Convert]::ToBase64String($bytes) | Should -BeTrue
    }

    It 'makes the disk in a folder' {
        $folder = Join-Path $TestDrive "$Prefix-disks"
        $null = New-Item $folder -ItemType Directory
        try {
            (ConvertTo-LinuxKitDisk $raw "./$Prefix-disks").Path | Should -Be (Join-Path $folder "$Prefix-disk.vhdx")
        }
        finally {
            Remove-Item $folder -Recurse
        }
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
        $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
        Get-Content "$Prefix-disk.vhdx" | Should -Be 'kept'
        (ConvertTo-LinuxKitDisk $raw -Force).Size | Should -Be 5MB
    }

    It 'never replaces the image' {
        $null = ConvertTo-LinuxKitDisk $raw "./$Prefix-a.vhdx"
        $null = Assert-Failure 'DiskExists' 'ResourceExists' { ConvertTo-LinuxKitDisk "./$Prefix-a.vhdx" -Force }
        Test-VHD "./$Prefix-a.vhdx" | Should -BeTrue
    }

    It 'changes nothing with -WhatIf' {
        ConvertTo-LinuxKitDisk $raw -WhatIf | Should -BeNullOrEmpty
        Get-FileName | Should -Be "$Prefix-disk.img"
    }

    It 'takes a file system without partitions' {
        # Such as Windows makes: a boot sector, whose code and messages lie where a table of partitions would.
        $volume = [byte[]]::new(4MB)
        for ($index = 90; $index -lt 510; $index++) { $volume[$index] = 0x61 }
        $volume[510] = 0x55
        $volume[511] = 0xAA
        $path = Join-Path $TestDrive "$Prefix-volume.image"
        [IO.File]::WriteAllBytes($path, $volume)
        (ConvertTo-LinuxKitDisk $path).Size | Should -Be 4MB
        Remove-Item $path
    }

    It 'leaves nothing when it is stopped' {
        # So large that it is stopped while it is at it, or before.
        $large = Join-Path $TestDrive "$Prefix-large.image"
        $disk = Join-Path $TestDrive "$Prefix-large.vhdx"
        $file = [IO.File]::Create($large)
        for ($count = 0; $count -lt 20; $count++) { $file.Write($bytes, 0, $bytes.Length) }
        $file.Dispose()

        $shell = [powershell]::Create()
        try {
            $running = $shell.AddScript('ConvertTo-LinuxKitDisk $args[0] $args[1]').AddArgument($large).AddArgument($disk).BeginInvoke()
            while (-not $running.IsCompleted -and -not (Test-Path *.vhdx)) { Start-Sleep -Milliseconds 1 }
            $shell.Stop()
            $shell.Streams.Error | Should -BeNullOrEmpty
            if ($shell.InvocationStateInfo.State -eq 'Completed') {
                Get-FileName | Where-Object { $_ -like '*.vhdx' } | Should -Be "$Prefix-large.vhdx"
            }
            else {
                '*.vhdx' | Should -Not -Exist
            }
        }
        finally {
            $shell.Dispose()
            Remove-Item $large
        }
    }
}
