BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi

    # In the tables, % is the prefix of the tests, and / at the end of a folder what this system writes there.
    function Get-Expected([string[]] $Text) {
        $Text | ForEach-Object { $_.Replace('%', $Prefix) -replace "/'$", "$([IO.Path]::DirectorySeparatorChar)'" }
    }

    function Invoke-Line([string] $Line) {
        . ([scriptblock]::Create($Line.Replace('%', $Prefix)))
    }
}

AfterAll {
    Pop-Location
}

Describe 'Tab in a path' -Tag HyperV {
    Context 'of an image' {
        BeforeAll {
            $null = New-Item "$Prefix-folder [2]" -ItemType Directory
            foreach ($file in "$Prefix-build [1]", "$Prefix-it's", "$Prefix-folder [2]/$Prefix-in") { [IO.File]::Copy($image, (Join-Path $TestDrive "$file-efi.iso")) }
            Set-Content "$Prefix-text.txt" ''
        }

        It 'gives <Expected> for <Typed>' -TestCases @(
            @{ Typed = '%-b'; Expected = "'%-build [1]-efi.iso'" }
            @{ Typed = './%-b'; Expected = "'./%-build [1]-efi.iso'" }
            @{ Typed = "'./%-build [1"; Expected = "'./%-build [1]-efi.iso'" }
            @{ Typed = "'%-build [1]-efi.iso'"; Expected = "'%-build [1]-efi.iso'" }
            @{ Typed = './%-i'; Expected = "'./%-it''s-efi.iso'" }
            @{ Typed = "'./%-it''s"; Expected = "'./%-it''s-efi.iso'" }
            @{ Typed = "`"./%-it's"; Expected = "'./%-it''s-efi.iso'" }
            @{ Typed = './%-f'; Expected = "'./%-folder [2]/'" }
            @{ Typed = "'./%-folder [2]/%-i"; Expected = "'./%-folder [2]/%-in-efi.iso'" }
            @{ Typed = '%-t'; Expected = $null }
            @{ Typed = './nowhere/t'; Expected = $null }
            @{ Typed = 'Env:/P'; Expected = $null }
        ) {
            Get-Completion "New-LinuxKitVM -LiteralPath $($Typed.Replace('%', $Prefix))" | Should -BeExactly $(if ($Expected) { Get-Expected $Expected })
            Get-Completion "Get-LinuxKitImage -LiteralPath $($Typed.Replace('%', $Prefix))" | Should -BeExactly $(if ($Expected) { Get-Expected $Expected })
        }

        It 'gives what is then found' {
            try {
                $vm = Invoke-Line "New-LinuxKitVM -NoNetwork -LiteralPath '%-build [1]-efi.iso', './%-it''s-efi.iso', './%-folder [2]/%-in-efi.iso'"
            }
            finally {
                Clear-TestVM
            }

            $vm.Name | Should -Be "$Prefix-build [1]", "$Prefix-it's", "$Prefix-in"
            Invoke-Line "Get-LinuxKitImage -LiteralPath './%-build [1]-efi.iso'" | Should -HaveCount 1
        }
    }

    Context 'of a disk' {
        BeforeAll {
            $null = New-Item 'g [2]' -ItemType Directory
            $null = New-LinuxKitDisk 'data [1].vhdx', "it's.vhdx", 'a,b.vhdx', 'e=1.vhdx', old.vhd, 'g [2]/in.vhdx' -Size 4M
            Set-Content text.txt ''
        }

        AfterEach {
            Clear-TestVM
        }

        It 'gives <Expected> for <Typed>' -TestCases @(
            @{ Typed = 'd'; Expected = "'data [1].vhdx'" }
            @{ Typed = './d'; Expected = "'./data [1].vhdx'" }
            @{ Typed = "'data [1"; Expected = "'data [1].vhdx'" }
            @{ Typed = 'file=d'; Expected = "'file=data [1].vhdx'" }
            @{ Typed = "'file=data [1"; Expected = "'file=data [1].vhdx'" }
            @{ Typed = "'size=1,d"; Expected = "'size=1,data [1].vhdx'" }
            @{ Typed = 'it'; Expected = "'it''s.vhdx'" }
            @{ Typed = "'it''"; Expected = "'it''s.vhdx'" }
            @{ Typed = "'it''s.vhdx'"; Expected = "'it''s.vhdx'" }
            @{ Typed = 'file=it'; Expected = "'file=it''s.vhdx'" }
            @{ Typed = 'a'; Expected = $null }
            @{ Typed = 'file=a'; Expected = $null }
            @{ Typed = 'e'; Expected = $null }
            @{ Typed = 'file=e'; Expected = 'file=e=1.vhdx' }
            @{ Typed = './e'; Expected = $null }
            @{ Typed = 'old'; Expected = 'old.vhd' }
            @{ Typed = 't'; Expected = $null }
            @{ Typed = 'g'; Expected = "'g [2]/'" }
            @{ Typed = "'g [2]/i"; Expected = "'g [2]/in.vhdx'" }
        ) {
            Get-Completion "New-LinuxKitVM $image -Disk $Typed" | Should -BeExactly $(if ($Expected) { Get-Expected $Expected })
        }

        It 'gives what is then found: <Disks>' -TestCases @(
            @{ Disks = "'data [1].vhdx', 'it''s.vhdx', file=e=1.vhdx, 'g [2]/in.vhdx'"; Count = 4 }
            @{ Disks = "'./data [1].vhdx', 'file=it''s.vhdx'"; Count = 2 }
            @{ Disks = "'file=data [1].vhdx'"; Count = 1 }
            @{ Disks = "'size=1,data [1].vhdx'"; Count = 1 }
        ) {
            $vm = Invoke-Line "New-LinuxKitVM '$image' -NoNetwork -WarningAction SilentlyContinue -Disk $Disks"
            $vm.Disks | Should -HaveCount $Count
        }
    }

    Context 'of any file' {
        BeforeAll {
            $null = New-Item 'folder [2]' -ItemType Directory
            foreach ($file in 'text [1].txt', 'folder [2]/old.log') { [IO.File]::WriteAllText((Join-Path $TestDrive $file), '') }
        }

        AfterEach {
            Clear-TestVM
        }

        It 'gives <Expected> for <Line>' -TestCases @(
            @{ Line = 'New-LinuxKitVM x.iso -MetadataPath t'; Expected = "'text [1].txt'" }
            @{ Line = 'Start-LinuxKitVM x.iso -MetadataPath ./f'; Expected = "'./folder [2]/'" }
            @{ Line = "Start-LinuxKitVM x.iso -ConsoleLogPath './folder [2]/o"; Expected = "'./folder [2]/old.log'" }
            @{ Line = 'New-LinuxKitDisk -Size 4M -Path f'; Expected = "'folder [2]/'" }
            @{ Line = 'New-LinuxKitMetadata -InputObject text -Path f'; Expected = "'folder [2]/'" }
            @{ Line = 'ConvertTo-LinuxKitDisk x.iso f'; Expected = "'folder [2]/'" }
        ) {
            Get-Completion $Line | Should -BeExactly (Get-Expected $Expected)
        }

        It 'gives what is then found' {
            $vm = Invoke-Line "Start-LinuxKitVM '$image' -NoNetwork -MetadataPath 'text [1].txt' -ConsoleLogPath './folder [2]/old.log'"
            $vm.Metadata | Should -Exist
        }
    }
}
