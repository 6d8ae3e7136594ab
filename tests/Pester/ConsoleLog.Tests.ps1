BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $name = "$Prefix-web"
    $red = "$([char] 27)[31mred`r`n"
}

AfterAll {
    Pop-Location
}

Describe 'Start-LinuxKitVM -ConsoleLogPath' -Tag HyperV {
    BeforeEach {
        $port = $null
    }

    AfterEach {
        Clear-TestVM
        if ($port) { $port.Dispose() }
        Get-Item * -Exclude (Split-Path $image -Leaf) | Remove-Item -Recurse
    }

    It 'logs what the guest says <How>' -TestCases @(
        @{ How = 'in place of what was there'; Options = @{}; Logged = { "red`n" } }
        @{ How = 'behind what was there'; Options = @{ ConsoleLogAppend = $true }; Logged = { "beforered`n" } }
        @{ How = 'byte for byte'; Options = @{ ConsoleLogRaw = $true }; Logged = { $red } }
    ) {
        Set-Content console.log before -NoNewline
        $port = Connect-Guest (Start-LinuxKitVM $image -ConsoleLogPath console.log @Options)
        Write-Guest $port $red
        $null = Wait-LinuxKitConsole $name red -TimeoutSec 60 -ErrorAction Stop
        Disconnect-LinuxKitConsole $name
        Get-Content console.log -Raw | Should -BeExactly (. $Logged)
    }

    It 'renames a file that is full' {
        $port = Connect-Guest (Start-LinuxKitVM $image -ConsoleLogPath console.log -ConsoleLogMaximumBytes 4)
        'one', 'two' | ForEach-Object {
            Write-Guest $port "$_`n"
            $null = Wait-LinuxKitConsole $name $_ -TimeoutSec 60 -ErrorAction Stop
        }
        Disconnect-LinuxKitConsole $name
        Get-Content console.log -Raw | Should -BeExactly "two`n"
        Get-Content console.log.1 -Raw | Should -BeExactly "one`n"
    }

    It 'makes a file for each VM in a folder' {
        $null = New-Item logs -ItemType Directory
        $null = Start-LinuxKitVM $image -Name $name, "${name}:2" -ConsoleLogPath logs
        (Get-ChildItem logs | Sort-Object Name).Name | Should -Be @("$name-2.log", "$name.log" | Sort-Object)
    }

    It 'logs no two VMs in one file, and does not make the second' {
        $null = Assert-Failure 'ConsoleLogFailed' 'WriteError' { Start-LinuxKitVM $image -Name $name, "$name-2" -ConsoleLogPath console.log }
        (Get-TestVM).Name | Should -Be $name
    }

    It 'leaves nothing where the file cannot be made' {
        $null = Assert-Failure 'ConsoleLogFailed' 'WriteError' { Start-LinuxKitVM $image -ConsoleLogPath nowhere/console.log }
        Get-TestVM | Should -BeNullOrEmpty
    }

    It 'logs over nothing that the VM is made of: <What>' -TestCases @(
        @{ What = 'its image'; Command = { Start-LinuxKitVM $image -ConsoleLogPath (Split-Path $image -Leaf) } }
        @{ What = 'its disk'; Command = { Start-LinuxKitVM $image -Disk "$Prefix-d.vhdx" -ConsoleLogPath "./$Prefix-d.vhdx" } }
        @{ What = 'its metadata'; Command = { Start-LinuxKitVM $image -MetadataPath "$Prefix-m.iso" -ConsoleLogPath "$Prefix-m.iso" } }
        @{ What = 'the image of one that exists'; Command = { $null = New-LinuxKitVM $image; Start-LinuxKitVM -Name $name -ConsoleLogPath (Split-Path $image -Leaf) } }
    ) {
        $null = New-LinuxKitDisk "$Prefix-d.vhdx" 10M
        $null = New-LinuxKitMetadata "$Prefix-m.iso" text
        $hashes = (Get-Item *.iso, *.vhdx | Get-FileHash).Hash
        $failure = Assert-Failure 'ConsoleLogFailed' 'WriteError' $Command
        $failure.Exception.Message | Should -MatchExactly 'made of that file'
        Get-TestVM | Where-Object State -eq Running | Should -BeNullOrEmpty
        (Get-Item *.iso, *.vhdx | Get-FileHash).Hash | Should -Be $hashes
    }

    It 'refuses <What>' -TestCases @(
        @{ What = '-ConsoleLogAppend alone'; Options = @{ ConsoleLogAppend = $true } }
        @{ What = '-ConsoleLogMaximumBytes alone'; Options = @{ ConsoleLogMaximumBytes = 1MB } }
        @{ What = '-ConsoleLogRaw alone'; Options = @{ ConsoleLogRaw = $true } }
        @{ What = 'a log without a capture'; Options = @{ ConsoleLogPath = 'x'; NoCapture = $true } }
    ) {
        $null = Assert-Failure 'ParametersDoNotGoTogether' 'InvalidArgument' { Start-LinuxKitVM $image @Options }
        Get-TestVM | Should -BeNullOrEmpty
    }

    It 'says that a VM that runs is not logged' {
        $null = Start-LinuxKitVM $image -NoCapture
        $null = Start-LinuxKitVM -Name $name -ConsoleLogPath console.log -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -HaveCount 1
        $warning | Should -MatchExactly 'is not logged'
    }

    It 'says that a log ends early, and the capture goes on' {
        if (-not (Test-Path /dev/full)) { Set-ItResult -Skipped -Because 'this system has no device that is always full' }
        $port = Connect-Guest (Start-LinuxKitVM $image -ConsoleLogPath /dev/full)
        Write-Guest $port "one`n"
        $null = Wait-LinuxKitConsole $name one -TimeoutSec 60 -ErrorAction Stop -WarningAction SilentlyContinue
        Write-Guest $port "two`n"
        $null = Wait-LinuxKitConsole $name two -TimeoutSec 60 -ErrorAction Stop -WarningAction SilentlyContinue
        Receive-LinuxKitConsole $name -WarningVariable warning -WarningAction SilentlyContinue | ForEach-Object { "$_" } | Should -Be one, two
        $warning | Should -HaveCount 1
        $warning | Should -MatchExactly 'ends early'
    }
}
