BeforeDiscovery {
    Import-Module LinuxKitHyperV

    # The examples of each page of help, and what the other pages show as code; README's also has what builds the module.
    $pages = [ordered] @{}
    foreach ($cmdlet in (Get-Command -Module LinuxKitHyperV -CommandType Cmdlet).Name) {
        $pages[$cmdlet] = (Get-Help $cmdlet).examples.example | ForEach-Object { ($_.code | Out-String).Trim() }
    }
    $root = "$PSScriptRoot/../.."
    $blocks = [regex]::Matches((Get-Content "$root/docs/en-US/about_LinuxKitHyperV.md" -Raw), '(?ms)^```\r?\n(.+?)^```') | ForEach-Object { $_.Groups[1].Value.Trim() }
    $pages['about_LinuxKitHyperV'] = @(
        # The ways to write a disk, one a line, each with what it means.
        @($blocks -match '^size=')[0] -split '\r?\n' | ForEach-Object { 'New-LinuxKitVM .\linuxkit-efi.iso -Disk ' + ($_ -replace ' {3,}.*') }
        $blocks -match '-LinuxKit'
    )
    $pages['README'] = [regex]::Match((Get-Content "$root/README.md" -Raw), '(?ms)^## On Windows.*?Import-Module [^\n]+\n(.+?)^\S').Groups[1].Value.Trim() -replace '(?m)^ {4}'

    $examples = foreach ($page in $pages.Keys) {
        $number = 0
        foreach ($code in $pages[$page]) {
            $number++
            $ast = [Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $null)
            $commands = $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
            @{
                Id       = "$page $number"
                Code     = $code
                Commands = @($commands | ForEach-Object { $_.GetCommandName() })
                IsForAll = [bool] ($commands | Where-Object { $_.Extent.Text -eq 'Get-LinuxKitVM' -or $_.CommandElements.Extent.Text -contains '*' })
            }
        }
    }

    # All that is left out. What each ends with, where there is nobody and no screen, is the proof that it has to be.
    $leftOut = @(
        @{ Id = 'Connect-LinuxKitConsole 5'; Because = 'it opens a window of vmconnect.exe'; ErrorId = 'GraphicalConsoleNotFound' }
        @{ Id = 'Invoke-LinuxKitCommand 3'; Because = 'somebody has to type a password'; ErrorId = 'ParameterArgumentTransformationError' }
    )
    foreach ($entry in $leftOut) { $entry.Code = ($examples | Where-Object { $_.Id -eq $entry.Id }).Code }
    $run = $examples | Where-Object { $_.Id -notin $leftOut.Id }

    # -WhatIf is for what changes something: it keeps nobody from looking at a console, and there would be nothing to see.
    $ofConsole = 'Connect-LinuxKitConsole', 'Get-LinuxKitIPAddress', 'Invoke-LinuxKitCommand', 'Receive-LinuxKitConsole', 'Send-LinuxKitConsole', 'Wait-LinuxKitConsole'
    $changing = $run | Where-Object { -not ($_.Commands | Where-Object { $_ -in $ofConsole }) }
}

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $standInHome = $env:HYPERV_QEMU_HOME
    $state = @{ Count = 0; Guests = @() }
    $silent = [runspacefactory]::CreateRunspace()
    $silent.Open()

    # They are for a VM that runs, whatever its guest does.
    $ofRunningVM = 'Get-LinuxKitVM 4', 'Remove-LinuxKitVM 2', 'Stop-LinuxKitVM *', 'Wait-LinuxKitVM 4'

    # What is on the console of which VM: a program of this computer. The first that fits counts.
    $leased = "echo 'udhcpc: lease of 192.0.2.7 obtained'; exec cat"
    $poweredOff = 'echo Welcome to LinuxKit; sleep 3'
    $guests = [ordered] @{
        'about_LinuxKitHyperV 8'        = @{ web = 'exec sh' }
        'about_LinuxKitHyperV 9'        = @{ linuxkit = $poweredOff }
        'Connect-LinuxKitConsole [123]' = @{ web = $poweredOff }
        'Get-LinuxKitIPAddress 1'       = @{ web = $leased }
        'Get-LinuxKitIPAddress 3'       = @{ linuxkit = $leased }
        'README 1'                      = @{ linuxkit = $poweredOff }
        'Receive-LinuxKitConsole 3'     = @{ node1 = $poweredOff; node2 = $poweredOff }
        'Start-LinuxKitVM [78]'         = @{ linuxkit = $poweredOff }
        'Wait-LinuxKitConsole 5'        = @{ web = 'while :; do echo Linux version 6.12; sleep 0.2; done' }
        'Wait-LinuxKitConsole *'        = @{ web = "printf 'Welcome to LinuxKit\n[ OK ]\nlistening on port 80\nlogin: '; exec cat" }
        'Wait-LinuxKitVM 3'             = @{ web = $poweredOff }
        'Wait-LinuxKitVM 5'             = @{ linuxkit = $leased }
        'Get-LinuxKitIPAddress *'       = @{ web = 'exec sh' }
        'Invoke-LinuxKitCommand *'      = @{ web = 'exec sh' }
        '*-LinuxKitConsole *'           = @{ web = 'exec sh' }
    }

    # Their point is the error.
    $errorIds = @{ 'Invoke-LinuxKitCommand 6' = 'GuestCommandTimeout' }

    # They emit nothing: they change something, pass it on, or find nothing of the kind.
    $silentExamples = 'Connect-LinuxKitConsole 4', 'Disconnect-LinuxKitConsole *', 'Get-LinuxKitImage 3', 'Get-LinuxKitVM [45]', 'New-LinuxKitDisk 5', 'New-LinuxKitVM 6',
        'Receive-LinuxKitConsole [456]', 'Remove-LinuxKitVM *', 'Send-LinuxKitConsole *', 'Start-LinuxKitVM 8', 'Start-LinuxKitVM 11', 'Stop-LinuxKitVM *', 'Test-LinuxKitHost 2'

    # What is true afterwards.
    $effects = @{
        'Get-LinuxKitVM 4'          = { (Get-VM (ConvertTo-OwnName web)).State | Should -Be Off }
        'Remove-LinuxKitVM [12346]' = { Get-ExampleVM | Should -BeNullOrEmpty }
        'Stop-LinuxKitVM [1234]'    = { (Get-VM (ConvertTo-OwnName web)).State | Should -Be Off }
        'Stop-LinuxKitVM 5'         = { Get-ExampleVM | Should -BeNullOrEmpty }
    }

    # A real host may have VMs of the names in the help: there the tests' own stand for them.
    function ConvertTo-OwnName([string] $Text) {
        if ($standInHome) { $Text } else { $Text -creplace '\b(?=(?:web|linuxkit|redis|build|Lab|node\d?)\b)', "$Prefix-" }
    }

    # A folder, and on the stand-in a host, with what the examples speak of.
    function Initialize-Example([string] $Id) {
        $state.Count++
        $folder = New-Item (Join-Path $TestDrive "example $($state.Count)") -ItemType Directory
        if ($standInHome) { $env:HYPERV_QEMU_HOME = Join-Path $TestDrive "host $($state.Count)" }
        Set-Location $folder
        $null = New-Item images, data, config -ItemType Directory
        Set-Content config/hostname web
        Set-Content id_ed25519.pub 'ssh-ed25519 AAAA web'
        Set-Content config.json '{ "hostname": "web" }'
        Set-Content (ConvertTo-OwnName web.conf) 'listen 80'
        foreach ($name in 'images/web-efi.iso', 'linuxkit-efi.iso', 'redis-efi.iso', 'build [1]-efi.iso') {
            [IO.File]::Copy($image, (Join-Path $folder (ConvertTo-OwnName $name)))
        }

        # An image is what it holds, not what it is called: this one is a raw disk.
        [IO.File]::WriteAllBytes((Join-Path $folder (ConvertTo-OwnName linuxkit-efi.qcow2)), [byte[]]::new(1MB))
        $null = New-LinuxKitDisk data.vhdx 10MB
        $null = New-VMSwitch (ConvertTo-OwnName Lab) -SwitchType Private
        $null = New-LinuxKitVM (ConvertTo-OwnName ./images/web-efi.iso) -Disk size=1
        if ($ofRunningVM | Where-Object { $Id -like $_ }) { $null = Start-LinuxKitVM -Name (ConvertTo-OwnName web) }
    }

    # Puts programs on the consoles that an example is for, and starts the VMs that it takes for running.
    function Initialize-Guest([string] $Id, [string[]] $Commands) {
        $key = @($guests.Keys) | Where-Object { $Id -like $_ } | Select-Object -First 1
        if (-not $key) { return }
        Set-Content guest.sh (@(
                'ping() { sleep 1000; }'
                'ip() { case $* in *link*) echo "2: eth0: <UP> link/ether 00:15:5d:01:02:03";; *) echo "2: eth0 inet 192.0.2.7/24";; esac; }'
            ) -join "`n")
        $env:ENV = Join-Path $PWD guest.sh
        if ($guests[$key].ContainsKey('node1')) { $null = New-LinuxKitVM ./images/web-efi.iso -Name node1, node2 }
        Set-VMNetworkAdapter web -StaticMacAddress 00155D010203

        foreach ($name in $guests[$key].Keys) {
            # Whoever else runs these tests has a VM of that name, too, and this computer has one pipe of a name.
            $isMade = [bool] (Get-VM | Where-Object Name -eq $name)
            if ($isMade) { Set-VMComPort $name -Number 1 -Path "\\.\pipe\$Prefix-$($state.Count)-$name" }
            $state.Guests += & "$PSScriptRoot/Start-Guest.ps1" $name $guests[$key][$name]
            if ($isMade -and $Commands -notcontains 'Start-LinuxKitVM') {
                $null = Start-LinuxKitVM -Name $name
                $null = Wait-LinuxKitConsole $name . -TimeoutSec 60
            }
        }
    }

    function Invoke-Example([string] $Code) {
        & ([scriptblock]::Create((ConvertTo-OwnName $Code)))
    }

    # The same where nobody is, and nothing is shown: gives the errors.
    function Get-ExampleError([string] $Code, [string] $Preference) {
        $shell = [powershell]::Create()
        try {
            $shell.Runspace = $silent
            $null = $shell.AddScript("$Preference; Set-Location -LiteralPath '$PWD'").AddStatement().AddScript((ConvertTo-OwnName $Code)).Invoke()
            $shell.Streams.Error
        }
        catch {
            $_.Exception.InnerException.ErrorRecord
        }
        finally {
            $shell.Dispose()
        }
    }

    # Says why an example cannot be tried where the test runs.
    function Skip-Example([string] $Id, [bool] $IsForAll) {
        $takesGuest = [bool] (@($guests.Keys) | Where-Object { $Id -like $_ })
        if (-not $standInHome -and $IsForAll) { Set-ItResult -Skipped -Because 'it is for all VMs, and some may be somebody''s' }
        if (-not $standInHome -and $takesGuest) { Set-ItResult -Skipped -Because 'no image says what it waits for' }
        if ($takesGuest -and [IO.Path]::DirectorySeparatorChar -eq '\') { Set-ItResult -Skipped -Because 'there is no POSIX shell to stand for a guest' }
    }

    function Get-ExampleVM {
        if ($standInHome) { Get-VM } else { Get-TestVM }
    }

    # Every file of the example and of the stand-in, and what is in it.
    function Get-Trace {
        Get-ChildItem (@("$PWD", $env:HYPERV_QEMU_HOME) | Where-Object { $_ }) -Recurse -File |
            ForEach-Object { "$($_.FullName) $((Get-FileHash -LiteralPath $_.FullName).Hash)" }
        Get-ExampleVM | ForEach-Object { "$($_.Name) $($_.State)" }
    }
}

AfterAll {
    $silent.Dispose()
    Pop-Location
}

Describe 'The help' -Tag HyperV {
    AfterEach {
        Get-ExampleVM | Remove-LinuxKitVM -Force
        $state.Guests | ForEach-Object { & "$PSScriptRoot/Stop-Guest.ps1" $_ }
        $state.Guests = @()
        Get-VMSwitch | Where-Object Name -eq (ConvertTo-OwnName Lab) | Remove-VMSwitch -Force
        Get-Job | Remove-Job -Force
        Set-Location $TestDrive
        $env:HYPERV_QEMU_HOME = $standInHome
        $env:ENV = $null
    }

    It 'has an example that runs: <Id>' -TestCases $run {
        Skip-Example $Id $IsForAll
        Initialize-Example $Id
        Initialize-Guest $Id $Commands
        $ErrorActionPreference = 'Stop'
        if ($errorIds[$Id]) { { Invoke-Example $Code } | Should -Throw -ErrorId "$($errorIds[$Id]),*"; return }

        $shown = @(Invoke-Example $Code 3>&1)
        $warnings, $output = @($shown.Where({ $_ -is [Management.Automation.WarningRecord] }, 'Split'))
        $warnings | Should -BeNullOrEmpty
        [bool] $output | Should -Be (-not ($silentExamples | Where-Object { $Id -like $_ })) -Because 'of what it is for'
        $effects.Keys | Where-Object { $Id -like $_ } | ForEach-Object { . $effects[$_] }
    }

    It 'has an example that changes nothing with -WhatIf: <Id>' -TestCases $changing {
        Skip-Example '' $IsForAll
        Initialize-Example $Id
        $before = Get-Trace

        # What one command would have made is missing to the next one: their errors are of no interest here.
        $null = Get-ExampleError $Code '$WhatIfPreference = $true'
        Get-Trace | Should -Be $before
    }

    It 'leaves out what cannot run here: <Id>, for <Because>' -TestCases $leftOut {
        if (-not $standInHome) { Set-ItResult -Skipped -Because 'a host may have what it takes' }
        Initialize-Example $Id
        (Get-ExampleError $Code '$WhatIfPreference = $false').FullyQualifiedErrorId | Should -BeLike "$ErrorId,*"
    }
}
