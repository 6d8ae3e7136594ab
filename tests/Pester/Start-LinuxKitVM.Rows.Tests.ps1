BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $other = Copy-TestImage db-efi
}

AfterAll {
    Pop-Location
}

Describe 'Rows for Start-LinuxKitVM' -Tag HyperV {
    AfterEach {
        Clear-TestVM
        Remove-Item *.vhdx
    }

    It 'give each image its own disks' {
        $vm = @(
            [pscustomobject]@{ LiteralPath = $image; Disk = '1GB'; VMName = "$Prefix-a" }
            [pscustomobject]@{ LiteralPath = $other }
            [pscustomobject]@{ LiteralPath = $image; Disk = 2GB }
        ) | New-LinuxKitVM
        $vm | ForEach-Object { "$($_.Name): $($_.Disks | Split-Path -Leaf)" } | Should -Be "$Prefix-a: $Prefix-a-disk.vhdx", "$Prefix-db: ", "$Prefix-web: $Prefix-web-disk.vhdx"
    }

    It 'are those of Import-Csv, with a column <Column>, whose cells may be empty' -TestCases @(
        @{ Column = 'Path' }
        @{ Column = 'LiteralPath' }
    ) {
        Set-Content table.csv "VMName,$Column,Disk", "$Prefix-a,$Prefix-web-efi.iso,1GB", "$Prefix-b,$Prefix-web-efi.iso,", ",$Prefix-web-efi.iso,2GB"
        $vm = Import-Csv table.csv | New-LinuxKitVM
        $vm | ForEach-Object { "$($_.Name): $($_.Disks | Split-Path -Leaf)" } | Should -Be "$Prefix-a: $Prefix-a-disk.vhdx", "$Prefix-b: ", "$Prefix-web: $Prefix-web-disk.vhdx"
    }

    It 'may end before their last cell, as in <Table>' -TestCases @(
        @{ Table = 'Path,VMName,Disk', 'web-efi.iso,a,1GB', 'web-efi.iso,b,' }
        @{ Table = 'Path,VMName,Disk', 'web-efi.iso,a,1GB', 'web-efi.iso,b' }
        @{ Table = 'Path,Disk,VMName', 'web-efi.iso,1GB,a', 'web-efi.iso' }
    ) {
        $vm = $Table -replace 'web-efi', "$Prefix-web-efi" -replace ',([ab])\b', ",$Prefix-`$1" | ConvertFrom-Csv | New-LinuxKitVM
        $vm | Should -HaveCount 2
        (Get-TestVM | Get-VMHardDiskDrive).Path | Split-Path -Leaf | Should -Be "$Prefix-a-disk.vhdx"
    }

    It 'give one name to one image' {
        $null = Assert-Failure 'NameForSeveralImages' 'InvalidArgument' { Get-ChildItem "$Prefix-*.iso" | New-LinuxKitVM -Name "$Prefix-x" }
        (Get-TestVM).Name | Should -Be "$Prefix-x"
    }
}
