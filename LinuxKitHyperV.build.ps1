<#
.SYNOPSIS
The tasks of build.ps1, for Invoke-Build. The parameters are described there.
#>
#requires -Version 5.1
[CmdletBinding()]
param(
    [string[]] $Suite,
    [switch] $Long,
    [string] $Command,
    [string] $ImagePath,
    [string[]] $Argument
)

# Only what the tasks themselves write is shown: a shell's output can be used, and the last line of Test is the sum.
function Write-Build {}

$onWindows = [IO.Path]::DirectorySeparatorChar -eq '\'

# The command of the PowerShell that runs this. As a .NET tool it is no program, but run by dotnet.
$powerShell = @((Get-Process -Id $PID).Path)
if ([IO.Path]::GetFileNameWithoutExtension($powerShell[0]) -eq 'dotnet') { $powerShell += "$PSHOME/pwsh.dll" }

# Runs PowerShell as a process of its own, which finds the modules that have been built, and exits with it.
function Invoke-PowerShell {
    $folders = if ($onWindows) { 'modules' } else { 'standin', 'modules' }
    $paths = @($folders | ForEach-Object { "$BuildRoot/artifacts/$_" }) + $env:PSModulePath
    # Arguments that are lists are taken apart: an empty one is none.
    $program, $arguments = $powerShell + '-NoLogo' + @($args | ForEach-Object { $_ })
    Use-BuildEnv @{ PSModulePath = $paths -join [IO.Path]::PathSeparator } { & $program $arguments }
    exit $LASTEXITCODE
}

# Synopsis: Compiles everything, and lays out the modules.
task Build {
    # No build server outlives the build. The stand-in is a solution of its own.
    foreach ($solution in 'standin/HyperV.Qemu.slnx', 'LinuxKitHyperV.slnx') {
        exec { dotnet build $solution --configuration Release --disable-build-servers --verbosity quiet -clp:NoSummary }
    }
}

task BuildOnce -If { -not (Test-Path artifacts/modules) } Build

# The PowerShell of the tests: a .NET tool, in which build.sh runs this already; except on Windows, where users have theirs.
task Tools -If ($onWindows -or $powerShell.Count -eq 1) {
    $null = exec { dotnet tool restore --verbosity quiet }
    if (-not $onWindows) { $script:powerShell = 'dotnet', "$(exec { dotnet pwsh -NoProfile -NonInteractive -Command '$PSHOME' })/pwsh.dll" }
}

# What guests boot, made of Debian's packages, where no image is named that takes their place. Only some suites boot any.
task Images -If { -not $onWindows -and $(if ($suites) { $suites | Where-Object { $_ -in 'EndToEnd', 'Faults' -or ($_ -eq 'Pester' -and -not $ImagePath) } } else { -not $ImagePath }) } {
    tests/images/build.sh
    if ($LASTEXITCODE) {
        "apt's lists may be missing, or older than the mirror: they are fetched anew."
        exec { if ((id -u) -eq 0) { apt-get update -qq } else { sudo -n apt-get update -qq } }
        exec { tests/images/build.sh }
    }
}

task SelectSuites {
    $all = @((Get-ChildItem tests/*/*.Tests.csproj, standin/tests/*/*.Tests.csproj).BaseName -replace '\.Tests$') + 'Pester'
    if (-not $onWindows) { $all += 'PesterWindows' }

    $script:suites = if ($Suite) {
        foreach ($name in $Suite -split ',') {
            $known = $all -eq $name
            if (-not $known) { throw "There is no suite '$name'. The suites are: $($all -join ', ')." }
            $known
        }
    }
    elseif (-not $onWindows) {
        $all
    }
    else {
        # It holds what is for Windows, and what is tested everywhere and touches Windows. The others ask programs of Linux, or boot images in QEMU.
        'Windows'
        if ($ImagePath) { 'Pester' } else { Write-Host 'The acceptance tests (tests/Pester) are left out: no image is named with -ImagePath.' }
    }
}

# Synopsis: Runs all tests, or some suites. The last line is the sum.
task Test SelectSuites, Images, Build, Tools, {
    # The suites are programs of their own (some start themselves again), which do not look for the SDK on the PATH.
    $root = if ($env:DOTNET_ROOT -or $onWindows) { $env:DOTNET_ROOT } else { Split-Path (readlink -f (Get-Command dotnet).Source) }
    $results = Use-BuildEnv @{ DOTNET_ROOT = $root; NO_COLOR = '1' } {
        foreach ($name in $suites) { & tests/Invoke-Suite.ps1 $name artifacts/test-results -PowerShell $powerShell -ImagePath $ImagePath -Long:$Long }
    }

    $sum = @{}
    foreach ($count in 'Passed', 'Failed', 'Skipped') { $sum[$count] = ($results | Measure-Object $count -Sum).Sum }
    "$($sum.Passed) passed, $($sum.Failed) failed, $($sum.Skipped) skipped"
    exit [int]($sum.Failed -gt 0)
}

# Synopsis: Runs what users type, on Hyper-V or on the stand-in, and reports on the host.
task Acceptance Images, Build, {
    Invoke-PowerShell -NoProfile -File tests/Pester/Invoke-Pester.ps1 -HostReportPath artifacts/acceptance @(if ($ImagePath) { '-ImagePath', $ImagePath })
}

# Synopsis: Boots an image, shows its console and removes everything.
task Demo {
    if ($onWindows -and -not $ImagePath) { throw 'Name an image with -ImagePath: the test images are made on Linux (tests/images).' }
}, Images, Build, {
    Invoke-PowerShell -NoProfile -File tests/demo.ps1 @(if ($ImagePath) { $ImagePath })
}

# Synopsis: Measures what the cmdlets cost.
task Bench Build, Tools, {
    dotnet benchmarks/bin/Release/net10.0/Benchmarks.dll $Argument
    exit $LASTEXITCODE
}

# Synopsis: PowerShell with the modules loaded.
task Shell BuildOnce, {
    Set-Location $OriginalLocation
    $import = if ($onWindows) { 'Import-Module LinuxKitHyperV' } else { 'Import-Module Hyper-V, LinuxKitHyperV' }
    if ($Command) { Invoke-PowerShell -NoProfile -Command "$import; $Command" }
    if ($Argument) { Invoke-PowerShell -NoProfile -File @Argument }
    Invoke-PowerShell -NoExit -Command $import
}

# Synopsis: Compiles the pages in docs/en-US to the help in en-US.
task Help {
    docs/Build-Help.ps1
}
