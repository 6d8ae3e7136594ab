BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe 'New-LinuxKitVM' -Tag HyperV {
    AfterEach {
        Clear-TestVM
        Remove-Item *.vhdx
    }

    It 'makes a VM that is off' {
        (New-LinuxKitVM $image).State | Should -Be 'Off'
    }

    It "goes into Hyper-V's own cmdlets" {
        (New-LinuxKitVM $image | Set-VMProcessor -Count 2 -Passthru).Count | Should -Be 2
    }

    It 'changes nothing with -WhatIf' {
        New-LinuxKitVM $image -Disk size=1 -WhatIf | Should -BeNullOrEmpty
        Get-TestVM | Should -BeNullOrEmpty
        '*.vhdx' | Should -Not -Exist
    }

    It 'makes no second VM of a name' {
        $null = New-LinuxKitVM $image
        { New-LinuxKitVM $image -ErrorAction Stop } | Should -Throw -ErrorId 'VMExists,LinuxKitHyperV.Commands.NewLinuxKitVMCommand'
        Get-TestVM | Should -HaveCount 1
    }
}

Describe 'Get-LinuxKitVM' -Tag HyperV {
    AfterEach {
        Clear-TestVM
        Remove-Item *.vhdx
    }

    BeforeEach {
        $web, $db = New-LinuxKitVM $image -Name "$Prefix-web", "$Prefix-db"
    }

    It 'finds VMs by <By>' -TestCases @(
        @{ By = 'name'; Names = 'web'; Command = { Get-LinuxKitVM "$Prefix-web" } }
        @{ By = 'several names'; Names = 'web', 'db'; Command = { Get-LinuxKitVM "$Prefix-web", "$Prefix-db" } }
        @{ By = 'pattern'; Names = 'db', 'web'; Command = { Get-LinuxKitVM "$Prefix-*" } }
        @{ By = 'id'; Names = 'web'; Command = { Get-LinuxKitVM -Id $web.Id } }
        @{ By = 'alias'; Names = 'web'; Command = { Get-LinuxKitVM -VMName "$Prefix-web" } }
        @{ By = 'a copy'; Names = 'web'; Command = { ConvertTo-Copy $web | Get-LinuxKitVM } }
    ) {
        (. $Command).Name | Should -Be ($Names | ForEach-Object { "$Prefix-$_" })
    }

    It 'leaves out what others made' {
        $null = New-VM "$Prefix-other" -NoVHD
        try {
            (Get-LinuxKitVM "$Prefix-*").Name | Should -Not -Contain "$Prefix-other"
            (Get-LinuxKitVM).Name | Where-Object { $_ -like "$Prefix-*" } | Sort-Object | Should -Be "$Prefix-db", "$Prefix-web"
            Get-LinuxKitVM "$Prefix-o*" -ErrorAction Stop | Should -BeNullOrEmpty
            { Remove-LinuxKitVM "$Prefix-other" -Force -ErrorAction Stop } | Should -Throw -ErrorId 'VMNotMadeByLinuxKitHyperV,*'
        }
        finally {
            Remove-VM "$Prefix-other" -Force
        }
    }

    It 'finds nothing for a pattern without a match' {
        Get-LinuxKitVM "$Prefix-no*" -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'writes an error for a name without a VM' {
        Get-LinuxKitVM "$Prefix-nobody" -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'VMNotFound,*'
    }

    It 'can be filtered, sorted and selected' {
        Get-LinuxKitVM "$Prefix-*" | Where-Object State -eq 'Off' | Sort-Object Name -Descending | Select-Object -First 1 -ExpandProperty Name | Should -Be "$Prefix-web"
        (Get-LinuxKitVM "$Prefix-*" | Group-Object Image).Count | Should -Be 2
    }

    It 'keeps what the user writes into the notes' {
        Set-VM $web -Notes "mine`n$($web.Notes)"
        (Get-LinuxKitVM "$Prefix-web").Notes | Should -BeLike "mine*"
    }
}

Describe 'Stop-LinuxKitVM' -Tag HyperV {
    AfterEach {
        Clear-TestVM
        Remove-Item *.vhdx
    }

    BeforeEach {
        $vm = Start-LinuxKitVM $image -Name "$Prefix-web"
    }

    It 'turns a VM off, and emits nothing' {
        Stop-LinuxKitVM "$Prefix-web" -TurnOff | Should -BeNullOrEmpty
        (Get-VM "$Prefix-web").State | Should -Be 'Off'
    }

    It 'shuts a guest down' {
        $deadline = (Get-Date).AddMinutes(2)
        do {
            Stop-LinuxKitVM "$Prefix-web" -ErrorAction SilentlyContinue -ErrorVariable failure
        } until (-not $failure -or (Get-Date) -gt $deadline)
        $failure | Should -BeNullOrEmpty
        (Get-VM "$Prefix-web").State | Should -Be 'Off'
    }

    It 'emits the VM with -PassThru' {
        ($vm | Stop-LinuxKitVM -TurnOff -PassThru).State | Should -Be 'Off'
    }

    It 'takes a copy by its id' {
        ConvertTo-Copy $vm | Stop-LinuxKitVM -TurnOff
        (Get-VM "$Prefix-web").State | Should -Be 'Off'
    }

    It 'warns of one that is off' {
        Stop-LinuxKitVM "$Prefix-web" -TurnOff
        Stop-LinuxKitVM "$Prefix-web" -WarningAction SilentlyContinue -WarningVariable warning | Should -BeNullOrEmpty
        $warning | Should -HaveCount 1
        $warning[0].Message | Should -BeLike '*off already*'
    }

    It 'changes nothing with -WhatIf' {
        Stop-LinuxKitVM "$Prefix-web" -TurnOff -WhatIf
        (Get-VM "$Prefix-web").State | Should -Be 'Running'
    }

    It "leaves room for Hyper-V's own" {
        Get-LinuxKitVM "$Prefix-*" | Stop-VM -TurnOff
        (Get-VM "$Prefix-web").State | Should -Be 'Off'
    }
}

Describe 'Remove-LinuxKitVM' -Tag HyperV {
    AfterEach {
        Clear-TestVM
        Remove-Item *.vhdx
    }

    BeforeEach {
        $vm = New-LinuxKitVM $image -Name "$Prefix-web" -Disk size=1
    }

    It 'keeps the disks' {
        Remove-LinuxKitVM "$Prefix-web" -Confirm:$false
        Get-TestVM | Should -BeNullOrEmpty
        "$Prefix-web-disk.vhdx" | Should -Exist
    }

    It 'removes the disks too with -RemoveDisk' {
        $vm | Remove-LinuxKitVM -Force -RemoveDisk
        Get-TestVM | Should -BeNullOrEmpty
        "$Prefix-web-disk.vhdx" | Should -Not -Exist
        $image | Should -Exist
    }

    It 'keeps a disk that was there before' {
        $null = New-LinuxKitDisk "$Prefix-old" 10M
        $null = New-LinuxKitVM $image -Name "$Prefix-db" -Disk "$Prefix-old.vhdx"
        Remove-LinuxKitVM "$Prefix-db" -Force -RemoveDisk
        "$Prefix-old.vhdx" | Should -Exist
    }

    It 'asks first' {
        # This runspace has nobody to answer.
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('Remove-LinuxKitVM $args[0]').AddArgument("$Prefix-web").Invoke()
            $shell.Streams.Error | Should -HaveCount 1
            (Get-TestVM).Name | Should -Be "$Prefix-web"
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'removes no running VM without -Force' {
        $null = $vm | Start-LinuxKitVM
        { $vm | Remove-LinuxKitVM -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'VMRunning,*'
        $vm | Remove-LinuxKitVM -Force
        Get-TestVM | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        Get-LinuxKitVM "$Prefix-*" | Remove-LinuxKitVM -Force -RemoveDisk -WhatIf
        (Get-TestVM).Name | Should -Be "$Prefix-web"
        "$Prefix-web-disk.vhdx" | Should -Exist
    }

    It 'takes what a job emits' {
        $job = Start-Job { Get-LinuxKitVM $args[0] } -ArgumentList "$Prefix-web"
        Receive-Job $job -Wait -AutoRemoveJob | Remove-LinuxKitVM -Force
        Get-TestVM | Should -BeNullOrEmpty
    }

    It 'says when the VM is gone' {
        Remove-VM "$Prefix-web" -Force
        { $vm | Remove-LinuxKitVM -Force -ErrorAction Stop } | Should -Throw -ErrorId 'VMNotFound,*'
    }
}

Describe 'Connect-LinuxKitConsole' -Tag HyperV {
    AfterEach {
        Clear-TestVM
        Remove-Item *.vhdx
    }

    It 'refuses a VM that is off' {
        $vm = New-LinuxKitVM $image
        { $vm | Connect-LinuxKitConsole -ErrorAction Stop } | Should -Throw -ErrorId 'VMNotRunning,*'
    }

    It 'refuses a key that cannot leave it' {
        $vm = Start-LinuxKitVM $image
        { $vm | Connect-LinuxKitConsole -EscapeKey x -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidEscapeKey,*'
    }
}

Describe 'New-LinuxKitDisk' -Tag HyperV {
    AfterEach {
        Clear-TestVM
        Remove-Item *.vhdx
    }

    It 'makes a dynamic disk with blocks of 1 MiB' {
        $disk = New-LinuxKitDisk "$Prefix-d" 10GB
        $disk.Path | Should -Be (Join-Path $TestDrive "$Prefix-d.vhdx")
        $disk.Size | Should -Be 10GB
        $disk.BlockSize | Should -Be 1MB
        $disk.VhdType | Should -Be 'Dynamic'
    }

    It 'takes paths from the pipeline' {
        ("$Prefix-1", "$Prefix-2.vhdx" | New-LinuxKitDisk -Size 512M).Size | Should -Be 512MB, 512MB
    }

    It 'never replaces a file' {
        $null = New-LinuxKitDisk "$Prefix-d" 10M
        { New-LinuxKitDisk "$Prefix-d" 20M -ErrorAction Stop } | Should -Throw -ErrorId 'DiskExists,*'
        (Get-VHD "$Prefix-d.vhdx").Size | Should -Be 10MB
    }

    It 'changes nothing with -WhatIf' {
        New-LinuxKitDisk "$Prefix-d" 10M -WhatIf | Should -BeNullOrEmpty
        '*.vhdx' | Should -Not -Exist
    }
}
