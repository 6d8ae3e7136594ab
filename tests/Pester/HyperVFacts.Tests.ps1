# The questions that docs/design/hyper-v-facts.md marks with (?). No answer is wrong; the report says which one this host gives.
BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $name = "$Prefix-web"
    $onWindows = [IO.Path]::DirectorySeparatorChar -eq '\'

    # Opens the VM's pipe as any other program would, on a computer.
    function Open-Pipe([string] $Computer) {
        $pipeName = (Get-LinuxKitVM $name).ConsolePipe -replace '^\\\\\.\\pipe\\'
        $pipe = [IO.Pipes.NamedPipeClientStream]::new($Computer, $pipeName, 'InOut', 'Asynchronous')
        $pipe.Connect(3000)
        $pipe
    }

    # What is waiting in a pipe: all that comes until nothing has come for a second.
    function Get-WaitingByteCount([IO.Pipes.NamedPipeClientStream] $Pipe) {
        $buffer = New-Object byte[] 65536
        $count = 0
        while (($read = $Pipe.ReadAsync($buffer, 0, $buffer.Length)).Wait(1000) -and $read.Result) { $count += $read.Result }
        $count
    }
}

AfterAll {
    Pop-Location
}

Describe 'Facts of this host' -Tag Fact {
    AfterEach {
        Clear-TestVM
    }

    It 'tells whether a guest goes on while its console''s client does not read' {
        $null = Start-LinuxKitVM $image -NoCapture
        $answer = try {
            $pipe = Open-Pipe .
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $answers = $null -ne (Wait-LinuxKitVM $name -TimeoutSec 120 -ErrorAction SilentlyContinue)
            $seen = if ($answers) { 'It does: it had a heartbeat after {0:0} s' -f $clock.Elapsed.TotalSeconds } else { 'It had no heartbeat in 120 s' }
            "$seen, with $(Get-WaitingByteCount $pipe) bytes waiting."
        }
        catch [TimeoutException] {
            'Not known: there is no pipe to open.'
        }
        finally {
            if ($pipe) { $pipe.Dispose() }
        }
        Write-Fact 'A guest goes on while nobody reads its console' $answer
    }

    It 'tells whether the pipe can be opened by the computer''s name' {
        $null = Start-LinuxKitVM $image -NoCapture
        $answer = try {
            (Open-Pipe ([Environment]::MachineName)).Dispose()
            'It does.'
        }
        catch {
            "It does not: $($_.Exception.GetBaseException().Message)"
        }
        Write-Fact 'A pipe opens by the computer''s name' $answer
    }

    It 'tells whether the pipe can be opened without elevation' {
        $answer = if ($onWindows) {
            $user = [Security.Principal.WindowsIdentity]::GetCurrent()
            $isElevated = ([Security.Principal.WindowsPrincipal]$user).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
            $isMember = $user.Groups.Value -contains 'S-1-5-32-578'
            $null = Start-LinuxKitVM $image -NoCapture
            $opens = try {
                (Open-Pipe .).Dispose()
                'It does'
            }
            catch {
                "It does not: $($_.Exception.GetBaseException().Message)"
            }
            "$opens (elevated: $isElevated, member of Hyper-V Administrators: $isMember)."
        }
        else { 'Not asked: elevation is Windows''.' }
        Write-Fact 'A pipe opens for a member of Hyper-V Administrators without elevation' $answer
    }

    It 'tells whether Get-Help gives this module''s help under another UI culture' {
        $own = [Globalization.CultureInfo]::CurrentUICulture
        $synopses = foreach ($culture in 'en-US', 'de-DE') {
            try {
                [Globalization.CultureInfo]::CurrentUICulture = $culture
                (Get-Help Get-LinuxKitVM).Synopsis
            }
            finally {
                [Globalization.CultureInfo]::CurrentUICulture = $own
            }
        }
        $answer = if ($synopses[1] -eq $synopses[0]) { 'It does.' } else { "It does not: '$("$($synopses[1])".Trim())' instead of '$($synopses[0])'." }
        Write-Fact 'Get-Help gives this module''s help under another UI culture' $answer
    }

    It 'tells whether Hyper-V reads an image that only its owner and the system may read' {
        if ($onWindows) {
            $null = icacls $image /inheritance:r /grant:r "$([Security.Principal.WindowsIdentity]::GetCurrent().Name):F" '*S-1-5-18:F'
        }
        else {
            chmod 600 $image
        }

        $null = Start-LinuxKitVM $image -NoCapture -ErrorAction SilentlyContinue -ErrorVariable failure
        Write-Fact 'Hyper-V reads an image that only its owner and the system may read' $(if ($failure) { "It does not: $($failure[0])" } else { 'It does.' })
    }

    It 'tells in what form Get-VHD takes a path that looks like a pattern' {
        $disk = New-LinuxKitDisk "$Prefix [1].vhdx" 5MB
        $escaped = [Management.Automation.WildcardPattern]::Escape($disk.Path)
        $forms = [ordered]@{ 'as it is' = $disk.Path; 'escaped' = $escaped; 'with ? for each sign' = $disk.Path -replace '[][]', '?' }
        $taken = $forms.Keys | Where-Object { (Get-VHD $forms[$_] -ErrorAction SilentlyContinue).Path -eq $disk.Path }
        Write-Fact 'Get-VHD takes a path with brackets' $(if ($taken) { "It does: $($taken -join ', ')." } else { 'In no form.' })
    }

    It 'tells whether Get-VHD takes a path with an apostrophe' {
        $disk = New-LinuxKitDisk "$Prefix it's.vhdx" 5MB
        $null = Get-VHD $disk.Path -ErrorAction SilentlyContinue -ErrorVariable failure
        Write-Fact 'Get-VHD takes a path with an apostrophe' $(if ($failure) { "It does not: $($failure[0])" } else { 'It does.' })
    }

    It 'tells what Get-VHD makes of a VM' {
        $vm = New-LinuxKitVM $image -Disk size=5M
        $disks = @(Get-VM $vm.Name | Get-VHD -ErrorAction SilentlyContinue -ErrorVariable failure)
        Write-Fact 'Get-VM | Get-VHD gives the VM''s disks' $(if ($failure) { "It does not: $($failure[0])" } else { "It gives $($disks.Count) of 1." })
    }

    It 'tells what shows a hypervisor where no VM runs' {
        $counters = Get-CimInstance Win32_PerfRawData_HvStats_HyperVHypervisor -ErrorAction SilentlyContinue
        $model = (Get-CimInstance Win32_ComputerSystem).Model
        $running = @(Get-VM | Where-Object State -EQ 'Running').Count
        Write-Fact 'The hypervisor''s counters show it where no VM runs' "On '$model', with $running VMs running, its counters tell of $([int]$counters.LogicalProcessors) processors."
    }

    It 'tells whether Get-VM gives a new object each time' {
        $vm = New-LinuxKitVM $image
        $again = Get-VM $vm.Name
        $isOurs = $again.PSObject.TypeNames -contains 'LinuxKitHyperV.VirtualMachine'
        $isSame = [object]::ReferenceEquals($vm.PSObject.BaseObject, $again.PSObject.BaseObject)
        Write-Fact 'Get-VM gives a new object each time' $(if ($isOurs -or $isSame) { "It does not: same object $isSame, this module's type $isOurs." } else { 'It does.' })
    }

    It 'tells whether a DVD drive takes an ISO by another name' {
        $null = New-LinuxKitVM $image
        Copy-Item $image "$Prefix-iso.img"
        Add-VMDvdDrive $name -Path "$TestDrive/$Prefix-iso.img" -ErrorAction SilentlyContinue -ErrorVariable failure
        Write-Fact 'A DVD drive takes an ISO by another name' $(if ($failure) { "It does not: $($failure[0])" } else { 'It does.' })
    }

    It 'tells whether Generation 2 takes a VHD' {
        $disk = New-LinuxKitDisk "$Prefix.vhd" 5MB
        $null = New-LinuxKitVM $image
        Add-VMHardDiskDrive $name -Path $disk.Path -ErrorAction SilentlyContinue -ErrorVariable failure
        Write-Fact 'Generation 2 takes a VHD' $(if ($failure) { "It does not: $($failure[0])" } else { 'It does.' })
    }

    It 'tells whether Hyper-V reads an ISO by a share of its own computer' {
        $answer = if ($onWindows) {
            $null = New-LinuxKitVM "\\localhost\$($image.Replace(':', '$'))" -NoCopy -ErrorAction SilentlyContinue -ErrorVariable failure
            if ($failure) { "It does not: $($failure[0])" } else { 'It does.' }
        }
        else { 'Not asked: shares are Windows''.' }
        Write-Fact 'Hyper-V reads an ISO by a share of its own computer' $answer
    }

    It 'tells whether the user may write to the folder for disks' {
        $folder = Join-Path (Get-VMHost).VirtualHardDiskPath $Prefix
        $answer = try {
            $null = New-Item $folder -ItemType Directory
            Remove-Item -LiteralPath $folder
            'The user may.'
        }
        catch { "The user may not: $_" }
        Write-Fact 'The user may write to the folder for disks' $answer
    }

    It 'tells whether New-VHD makes a plain disk in a compressed folder' {
        $answer = if (Get-Command compact.exe -ErrorAction Ignore) {
            $folder = (New-Item "$Prefix-compressed" -ItemType Directory).FullName
            $null = compact.exe /C $folder
            $disk = New-VHD (Join-Path $folder d.vhdx) -SizeBytes 64MB -Dynamic -ErrorAction SilentlyContinue -ErrorVariable failure
            if ($failure) { "It makes none: $($failure[0])" } else { "It has the attributes $((Get-Item -LiteralPath $disk.Path).Attributes)." }
        }
        else { 'Not asked: nothing compresses folders here.' }
        Write-Fact 'New-VHD makes a plain disk in a compressed folder' $answer
    }

    It 'tells whether a drive''s path comes back as it was given' {
        $disk = (New-LinuxKitDisk "$Prefix-a long name.vhdx" 5MB).Path
        $short = if ($onWindows) { (New-Object -ComObject Scripting.FileSystemObject).GetFile($disk).ShortPath }
        if (-not $short) { $short = $disk }
        $null = New-LinuxKitVM $image
        Add-VMHardDiskDrive $name -Path $short
        $path = (Get-VMHardDiskDrive $name).Path
        Write-Fact 'A drive''s path comes back as it was given' $(if ($path -eq $short) { 'It does.' } else { "'$short' comes back as '$path'." })
    }

    It 'tells whether the access entry of a removed VM stays on its ISO' {
        $answer = if ($onWindows) {
            $before = (Get-Acl -LiteralPath $image).Access.Count
            $null = New-LinuxKitVM $image
            $attached = (Get-Acl -LiteralPath $image).Access.Count
            Remove-LinuxKitVM $name -Force
            "$before entries before, $attached while it is attached, $((Get-Acl -LiteralPath $image).Access.Count) after."
        }
        else { 'Not asked: access lists are Windows''.' }
        Write-Fact 'The access entry of a removed VM stays on its ISO' $answer
    }

    It 'tells how old the state of a VM may be that another process has changed' {
        $vm = Start-LinuxKitVM $image -NoCapture
        $null = $vm.State
        Start-Job { param($Name) Stop-VM $Name -TurnOff -Force } -ArgumentList $name | Wait-Job | Remove-Job
        $clock = [Diagnostics.Stopwatch]::StartNew()
        while ((Get-VM $name).State -ne 'Off' -and $clock.Elapsed.TotalSeconds -lt 30) { Start-Sleep -Milliseconds 200 }
        Write-Fact 'What another process does to a VM is seen at once' $(if ($clock.Elapsed.TotalSeconds -lt 1) { 'It is.' } else { 'It is not: after {0:0.0} s.' -f $clock.Elapsed.TotalSeconds })
    }

    It 'tells whether the pipe takes all that is typed at once' {
        $null = Start-LinuxKitVM $image
        $bytes = New-Object byte[] 65536
        (New-Object Random 1).NextBytes($bytes)
        $digest = [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($bytes)).Replace('-', '')
        $answer = try {
            $got = Invoke-LinuxKitCommand $name 'sha256sum' -InputObject $bytes -TimeoutSec 120 -ErrorAction Stop
            if ("$($got.Output)".StartsWith($digest, 'OrdinalIgnoreCase')) { 'It does: 64 KiB came whole.' } else { "It does not: '$($got.Output)' instead of $digest." }
        }
        catch {
            "Not known: $_"
        }
        Write-Fact 'A pipe takes 64 KiB that are typed at once' $answer
    }
}
