BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $other = Copy-TestImage db-efi
}

AfterAll {
    Pop-Location
}

Describe 'Start-LinuxKitVM' -Tag HyperV {
    AfterEach {
        Clear-TestVM
        Remove-Item *.vhdx
    }

    Context 'with an image' {
        It 'starts a VM that is named after it' {
            $vm = Start-LinuxKitVM $image
            $vm.Name | Should -Be "$Prefix-web"
            $vm.State | Should -Be 'Running'
            $vm.Image | Should -Be $image
        }

        It 'takes a relative path' {
            (Start-LinuxKitVM ".\$Prefix-web-efi.iso").Image | Should -Be $image
        }

        It 'takes wildcards' {
            (Start-LinuxKitVM "$Prefix-*.iso").Name | Should -Be "$Prefix-db", "$Prefix-web"
        }

        It 'takes files from Get-ChildItem' {
            (Get-ChildItem "$Prefix-*.iso" | Start-LinuxKitVM).Name | Should -Be "$Prefix-db", "$Prefix-web"
        }

        It 'takes a file from Get-Item' {
            (Get-Item $image | Start-LinuxKitVM).Name | Should -Be "$Prefix-web"
        }

        It 'takes a FileInfo as an argument' {
            (Start-LinuxKitVM ([IO.FileInfo] $image)).Name | Should -Be "$Prefix-web"
        }

        It 'refuses <What> from the pipeline' -TestCases @(
            @{ What = 'plain text'; Command = { $image | Start-LinuxKitVM -ErrorAction Stop } }
            @{ What = 'plain text for a new VM'; Command = { $image | New-LinuxKitVM -ErrorAction Stop } }
            @{ What = 'a number'; Command = { 1 | Start-LinuxKitVM -ErrorAction Stop } }
        ) {
            $Command | Should -Throw -ErrorId 'PipelineInputRefused,*'
            Get-TestVM | Should -BeNullOrEmpty
        }

        It 'takes a FileInfo from the pipeline that PowerShell does not know' {
            ([IO.FileInfo] $image | Start-LinuxKitVM).Name | Should -Be "$Prefix-web"
        }

        It 'goes on with the files among other things' {
            $vm = 'text', (Get-Item $image) | Start-LinuxKitVM -ErrorAction SilentlyContinue -ErrorVariable failure
            $vm.Name | Should -Be "$Prefix-web"
            $failure.FullyQualifiedErrorId | Should -BeLike 'PipelineInputRefused,*'
        }

        It 'goes from Get-ChildItem into Format-Table' {
            $text = Get-ChildItem "$Prefix-*.iso" | Start-LinuxKitVM | Format-Table Name, State, Image | Out-String -Width 200
            $text | Should -Match "$Prefix-db\s+Running\s"
            $text | Should -Match "$Prefix-web\s+Running\s"
        }

        It 'goes from Select-Object into Select-Object' {
            Get-ChildItem "$Prefix-*.iso" | Select-Object -Last 1 | Start-LinuxKitVM | Select-Object -ExpandProperty Name | Should -Be "$Prefix-web"
        }

        It 'makes as many VMs as there are names' {
            (Start-LinuxKitVM $image -Name "$Prefix-1", "$Prefix-2").Name | Should -Be "$Prefix-1", "$Prefix-2"
        }

        It 'takes splatted parameters' {
            $options = @{ Name = "$Prefix-s"; ProcessorCount = 2; MemoryStartupBytes = 512MB; NoNetwork = $true }
            $vm = Start-LinuxKitVM $image @options
            $vm.ProcessorCount | Should -Be 2
            $vm.MemoryStartup | Should -Be 512MB
            $vm.NetworkAdapters | Should -BeNullOrEmpty
        }

        It 'starts no more than what is asked for downstream' {
            $vm = Get-ChildItem "$Prefix-*.iso" | Start-LinuxKitVM | Select-Object -First 1
            $vm.Name | Should -Be "$Prefix-db"
            (Get-TestVM).Name | Should -Be "$Prefix-db"
        }

        It 'tells what it does with -Verbose' {
            $verbose = Start-LinuxKitVM $image -Verbose 4>&1 | ForEach-Object { if ($_ -is [Management.Automation.VerboseRecord]) { $_.Message } }
            $verbose | Should -Contain "Create and start the VM '$Prefix-web' for '$image'"
        }

        It 'prints what it would do with -WhatIf' {
            $transcript = Join-Path $TestDrive whatif.txt
            $null = Start-Transcript $transcript
            try { Start-LinuxKitVM $image -Disk size=1 -WhatIf } finally { $null = Stop-Transcript }
            $text = Get-Content $transcript
            $text | Should -Contain "What if: Create and start the VM '$Prefix-web' for '$image':"
            $text | Should -Contain "  Make the disk '$(Join-Path $TestDrive "$Prefix-web-disk.vhdx")' (1 GB)"
            $text | Should -Contain '  Start it'
        }

        It 'changes nothing with -WhatIf' {
            Start-LinuxKitVM $image -Disk size=1 -WhatIf | Should -BeNullOrEmpty
            Get-TestVM | Should -BeNullOrEmpty
            '*.vhdx' | Should -Not -Exist
        }

        It 'goes on with -Confirm:$false' {
            (Start-LinuxKitVM $image -Confirm:$false).State | Should -Be 'Running'
        }

        It 'fills the common variables' {
            Start-LinuxKitVM $image -OutVariable emitted -PipelineVariable made | ForEach-Object { $made.Name } | Should -Be "$Prefix-web"
            $emitted.Name | Should -Be "$Prefix-web"
        }
    }

    Context 'with a disk image' {
        BeforeAll {
            # A disk of the image, as another program would have made it.
            $disk = Join-Path $TestDrive "$Prefix-disk-efi.vhdx"
            $null = New-VHD $disk -SizeBytes 10MB
        }

        AfterAll {
            Remove-Item $disk -ErrorAction SilentlyContinue
        }

        It 'refuses one that does not boot' {
            Start-LinuxKitVM $disk -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
            $failure.FullyQualifiedErrorId | Should -Be 'ImageNotBootable,LinuxKitHyperV.Commands.StartLinuxKitVMCommand'
            Get-TestVM | Should -BeNullOrEmpty
        }

        It 'tells the generation of an ISO' {
            (Get-LinuxKitImage $image | Start-LinuxKitVM).Generation | Should -Be 2
        }
    }

    Context 'with a name that is more than a name' {
        It 'makes, finds and removes <Name>' -TestCases @(
            @{ Name = "it's" }
            @{ Name = 'a $(Get-Date) b' }
            @{ Name = '[ab]' }
            @{ Name = 'say `"hi`"' }
            @{ Name = '100% {0}; & |' }
        ) {
            $full = "$Prefix $Name"
            (Start-LinuxKitVM $image -Name $full).Name | Should -Be $full
            (Get-LinuxKitVM $full).Name | Should -Be $full
            Stop-LinuxKitVM $full -TurnOff
            (Start-LinuxKitVM -Name $full).State | Should -Be 'Running'
            Remove-LinuxKitVM $full -Force
            Get-TestVM | Should -BeNullOrEmpty
        }

        It 'takes a file with such a name' {
            $odd = Copy-TestImage "it's [1] `$(x)-efi"
            (Get-Item -LiteralPath $odd | Start-LinuxKitVM).Name | Should -Be "$Prefix-it's [1] `$(x)"
            Clear-TestVM
            (Start-LinuxKitVM -LiteralPath $odd).Image | Should -Be $odd
            Remove-Item -LiteralPath $odd
        }
    }

    Context 'with VMs that exist' {
        BeforeEach {
            $vm = New-LinuxKitVM $image
        }

        It 'starts them by name' {
            (Start-LinuxKitVM -Name "$Prefix-web").State | Should -Be 'Running'
            Get-TestVM | Should -HaveCount 1
        }

        It 'starts them by pattern' {
            (Start-LinuxKitVM -Name "$Prefix-*").State | Should -Be 'Running'
        }

        It 'starts them from the pipeline' {
            (Get-LinuxKitVM "$Prefix-*" | Start-LinuxKitVM).State | Should -Be 'Running'
            Stop-LinuxKitVM "$Prefix-web" -TurnOff
            (Get-VM "$Prefix-web" | Start-LinuxKitVM).State | Should -Be 'Running'
        }

        It 'starts copies by their id' {
            (ConvertTo-Copy $vm | Start-LinuxKitVM).State | Should -Be 'Running'
            Stop-LinuxKitVM "$Prefix-web" -TurnOff
            ([pscustomobject]@{ Id = $vm.Id } | Start-LinuxKitVM).State | Should -Be 'Running'
            Get-TestVM | Should -HaveCount 1
        }

        It 'starts what a job emits' {
            $job = Start-Job { Get-LinuxKitVM $args[0] } -ArgumentList "$Prefix-web"
            (Receive-Job $job -Wait -AutoRemoveJob | Start-LinuxKitVM).State | Should -Be 'Running'
        }

        It 'warns of one that runs already' {
            $null = $vm | Start-LinuxKitVM
            $again = Start-LinuxKitVM -Name "$Prefix-web" -WarningVariable warning -WarningAction SilentlyContinue
            $again.Name | Should -Be "$Prefix-web"
            $again.State | Should -Be 'Running'
            $warning | Should -HaveCount 1
            $warning | Should -Match 'running already'
        }

        It 'resumes one that is <State>' -TestCases @(
            @{ State = 'Saved'; Leave = { param($name) Save-VM $name } }
            @{ State = 'Paused'; Leave = { param($name) Suspend-VM $name } }
        ) {
            $null = $vm | Start-LinuxKitVM
            & $Leave "$Prefix-web"
            (Get-VM "$Prefix-web").State | Should -Be $State
            (Start-LinuxKitVM -Name "$Prefix-web").State | Should -Be 'Running'
        }
    }

    Context 'when it fails' {
        It 'says to use -Name where an image has the name of a VM' {
            $null = New-LinuxKitVM $image
            Start-LinuxKitVM "$Prefix-web" -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure.FullyQualifiedErrorId | Should -BeLike 'ImageNotFound,*'
            $failure[0].ErrorDetails.RecommendedAction | Should -Match '-Name'
        }

        It 'goes on with the other images' {
            $null = New-LinuxKitVM $image
            (Start-LinuxKitVM "$Prefix-*.iso" -ErrorAction SilentlyContinue -ErrorVariable failure).Name | Should -Be "$Prefix-db"
            $failure.FullyQualifiedErrorId | Should -BeLike 'VMExists,*'
        }

        It 'can be caught' {
            { Start-LinuxKitVM .\missing.iso -ErrorAction Stop } | Should -Throw -ErrorId 'ImageNotFound,LinuxKitHyperV.Commands.StartLinuxKitVMCommand'
        }
    }

    It 'is shown in a table' {
        $table = Start-LinuxKitVM $image -Disk size=1 | Format-Table | Out-String -Width 300
        $table | Should -Match 'Name\s+State\s+Uptime\s+Image\s+Disks\s+ConsolePipe'
        $table | Should -Match "$Prefix-web\s+Running\s+\d\d:\d\d:\d\d\s+$Prefix-web-efi\.iso\s+$Prefix-web-disk\.vhdx\s+$Prefix-web-com1"
    }

    It 'is shown whole in a window of 80 columns' {
        # With names as LinuxKit's own examples have them.
        $vm = [pscustomobject] @{
            PSTypeName  = 'LinuxKitHyperV.VirtualMachine'
            Name        = 'linuxkit'
            State       = 'Running'
            Uptime      = [timespan] '00:00:07.1234567'
            Image       = 'C:\images\linuxkit-efi.iso'
            Disks       = [string[]] 'C:\images\linuxkit-disk.vhdx'
            ConsolePipe = '\\.\pipe\linuxkit-com1'
        }
        $vm | Format-Table | Out-String -Width 80 | Should -Match 'linuxkit Running 00:00:07 linuxkit-efi\.iso linuxkit-disk\.vhdx linuxkit-com1'
        $vm.Uptime = [timespan] '3.04:05:06'
        $vm | Format-Table | Out-String -Width 80 | Should -Match 'linuxkit Running 3\.04:05:06 linuxkit-efi\.iso'
    }

    It 'is shown with all columns in a window of 80, however long its name is' {
        $name = 'n' * 100
        $table = [pscustomobject] @{
            PSTypeName  = 'LinuxKitHyperV.VirtualMachine'
            Name        = $name
            State       = 'Running'
            Uptime      = [timespan] '3.04:05:06'
            Image       = "C:\images\$name-efi.iso"
            Disks       = [string[]] "C:\images\$name-disk.vhdx"
            ConsolePipe = "\\.\pipe\$name-com1"
        } | Format-Table | Out-String -Width 80
        $table | Should -Match 'Name\s+State\s+Uptime\s+Image\s+Disks\s+ConsolePipe'
        $table | Should -Match 'nnnnnnn\.\.\.nnnn Running 3\.04:05:06 nnnnnnn\.\.\.\.iso\s+nnnnnnn\.\.\.vhdx nnnnnnn\.\.\.com1'
    }

    It 'is shown in a list' {
        Start-LinuxKitVM $image | Format-List | Out-String -Width 300 | Should -Match "IsUnfinished\s+: False"
    }
}
