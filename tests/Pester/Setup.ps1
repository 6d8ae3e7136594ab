# What each test file begins with. VMs, disks and images of the tests begin with $Prefix.
$Prefix = 'lkhv-test-' + [guid]::NewGuid().ToString('N').Substring(0, 8)
Import-Module LinuxKitHyperV

function Copy-TestImage([string] $Name) {
    $path = Join-Path $TestDrive "$Prefix-$Name.iso"
    [IO.File]::Copy($env:LINUXKIT_TEST_IMAGE, $path)
    $path
}

# The VMs of the tests; exactly so, since some names look like patterns.
function Get-TestVM {
    Get-VM | Where-Object { $_.Name.StartsWith($Prefix) }
}

function Clear-TestVM {
    Get-TestVM | Remove-LinuxKitVM -Force
}

# A copy of an object, as a job or a remote session gives it.
function ConvertTo-Copy($InputObject) {
    [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($InputObject))
}

# Keeps what a host answers to an open question, for the report.
function Write-Fact([string] $Question, [string] $Answer) {
    if ($env:LINUXKIT_TEST_FACTS) {
        [pscustomobject]@{ Question = $Question; Answer = $Answer } | ConvertTo-Json -Compress | Add-Content -LiteralPath $env:LINUXKIT_TEST_FACTS -Encoding UTF8
    }
}

# Has the stand-in do what no test can ask of a host: Set-StandIn Fail 'Start-VM:1=OutOfMemory', Set-StandIn Hosts hv02 and so on (standin/README.md).
# On a real host the test is skipped there, and says so. Clear-StandIn, in AfterEach, takes it back.
function Set-StandIn([string] $Control, [string] $Value) {
    if (-not $env:HYPERV_QEMU_HOME) { Set-ItResult -Skipped -Because "only the stand-in can be told $Control=$Value" }
    if ($Control -eq 'Fail') {
        Import-Module Hyper-V
        [HyperV.Qemu.StandIn]::Fail($Value)
    }
    else {
        [Environment]::SetEnvironmentVariable("HYPERV_QEMU_$($Control.ToUpperInvariant())", $Value)
    }
}

function Clear-StandIn {
    if (-not $env:HYPERV_QEMU_HOME) { return }
    if (Get-Module Hyper-V) { [HyperV.Qemu.StandIn]::Fail($null) }
    Get-ChildItem Env:HYPERV_QEMU_* | Where-Object Name -notin HYPERV_QEMU_HOME, HYPERV_QEMU_ENGINE | Remove-Item
}

# The guest's end of a VM's console, where there are VMs but no guests: what is written to it is what the guest says.
function Connect-Guest($VM) {
    if ($env:HYPERV_QEMU_ENGINE -ne 'none') { Set-ItResult -Skipped -Because 'a VM that runs has its console for itself' }
    $port = New-Object IO.Pipes.NamedPipeServerStream $VM.ConsolePipe.Substring('\\.\pipe\'.Length), InOut, 1
    $port.WaitForConnectionAsync().Wait([timespan]::FromMinutes(2)) | Should -BeTrue -Because 'the console is captured'
    $port
}

function Write-Guest($Port, [string] $Text) {
    $bytes = [Text.Encoding]::UTF8.GetBytes($Text)
    $Port.Write($bytes, 0, $bytes.Length)
}

# What Tab offers at the end of a line.
function Get-Completion([string] $Line) {
    (TabExpansion2 $Line $Line.Length).CompletionMatches | ForEach-Object CompletionText
}

# Skips a test in which disks are converted or merged, where the stand-in has not the program that does it: in PowerShell for Windows on Wine.
function Skip-WithoutQemuImg {
    if ($env:HYPERV_QEMU_HOME -and -not (Get-Command qemu-img -CommandType Application -ErrorAction Ignore)) {
        Set-ItResult -Skipped -Because 'the stand-in converts and merges disks by qemu-img, which is not here'
    }
}

# One of images/, for what an image of another layout gets. On a real host it is taken, and nothing boots.
function New-TestImage([string] $Image, [string] $Name) {
    $path = Join-Path $TestDrive "$Prefix-$Name"
    & "$PSScriptRoot/Expand-Image.ps1" $path $Image
    $path
}

# Runs what ends with one error, which has an id, a category and something to do, and gives that error.
function Assert-Failure([string] $Id, [string] $Category, [scriptblock] $Command) {
    $ErrorActionPreference = 'Continue'
    $failure = @(try { . $Command 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] } } catch { $_ })
    $failure.FullyQualifiedErrorId -replace ',.*' | Should -Be $Id
    $failure[0].CategoryInfo.Category | Should -Be $Category
    $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    $failure[0]
}

# The names of the files of a folder, hidden ones too, in an order that is the same everywhere.
function Get-FileName([string] $Folder = '.') {
    $names = [string[]] @(Get-ChildItem -LiteralPath $Folder -Force -Name)
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $names
}

# Removes the VMs of the tests that the module did not make.
function Clear-OtherVM {
    Get-TestVM | Where-Object Notes -NotLike '*LinuxKitHyperV*' | Remove-VM -Force
}

# The lines that a command writes to the screen beside its output, such as those of -WhatIf.
function Get-ScreenLine([scriptblock] $Shown) {
    $transcript = Join-Path ([IO.Path]::GetTempPath()) "$Prefix-transcript.txt"
    $null = Start-Transcript $transcript
    try { $null = & $Shown } finally { $null = Stop-Transcript }
    Get-Content -LiteralPath $transcript
    Remove-Item -LiteralPath $transcript
}
