BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe 'New-LinuxKitMetadata' -Tag Package {
    AfterEach {
        Remove-Item "$Prefix*.iso" -Exclude (Split-Path $image -Leaf)
    }

    It 'makes an ISO of <Input>' -TestCases @(
        @{ Input = 'text'; Command = { New-LinuxKitMetadata "$Prefix-m" 'text' } }
        @{ Input = 'a table'; Command = { New-LinuxKitMetadata "$Prefix-m" @{ ssh = @{ 'key:0600' = 'k' } } } }
        @{ Input = 'a file'; Command = { New-LinuxKitMetadata "$Prefix-m" (Get-Item $PSCommandPath) } }
        @{ Input = 'a folder'; Command = { New-LinuxKitMetadata "$Prefix-m" (Get-Item (New-Item "$Prefix-d" -ItemType Directory -Force)) } }
        @{ Input = 'lines'; Command = { 'one', 'two' | New-LinuxKitMetadata "$Prefix-m" } }
        @{ Input = 'user data'; Command = { New-LinuxKitMetadata "$Prefix-m" -UserData '#cloud-config' -MetaData 'instance-id: a' } }
    ) {
        $file = . $Command
        $file | Should -BeOfType ([IO.FileInfo])
        $file.Name | Should -Be "$Prefix-m.iso"
        $file.Length | Should -BeGreaterThan 32KB
    }

    It 'replaces nothing' {
        $null = New-LinuxKitMetadata "$Prefix-m" 'text'
        { New-LinuxKitMetadata "$Prefix-m" 'text' -ErrorAction Stop } | Should -Throw -ErrorId 'MetadataExists,*'
    }

    It 'changes nothing with -WhatIf' {
        New-LinuxKitMetadata "$Prefix-m" 'text' -WhatIf | Should -BeNullOrEmpty
        "$Prefix-m.iso" | Should -Not -Exist
    }
}

Describe 'Start-LinuxKitVM -Metadata' -Tag HyperV {
    AfterEach {
        Clear-TestVM
        Remove-Item "$Prefix*.iso" -Exclude (Split-Path $image -Leaf)
    }

    It 'puts the metadata behind the boot DVD and removes it with the VM' {
        $vm = Start-LinuxKitVM $image -Metadata @{ host = 'web' }
        (Get-VMDvdDrive $vm).Path | Should -Be $image, $vm.Metadata
        $vm.Metadata | Should -Exist
        Remove-LinuxKitVM "$Prefix-web" -Force
        $vm.Metadata | Should -Not -Exist
        $image | Should -Exist
    }

    It 'leaves an ISO of the user where it is' {
        $iso = New-LinuxKitMetadata "$Prefix-m" 'text'
        $vm = Start-LinuxKitVM $image -MetadataPath $iso
        $vm.Metadata | Should -Be $iso.FullName
        Remove-LinuxKitVM "$Prefix-web" -Force
        $iso.FullName | Should -Exist
    }

    It 'replaces the metadata of a VM' {
        $old = (New-LinuxKitVM $image -Metadata old).Metadata
        $vm = Start-LinuxKitVM -Name "$Prefix-web" -Metadata new
        $vm.Metadata | Should -Not -Be $old
        (Get-VMDvdDrive $vm).Path | Should -Be $image, $vm.Metadata
        $old | Should -Not -Exist
    }

    Context 'and an image that may not be deleted' {
        BeforeEach {
            $metadata = (New-LinuxKitVM $image -Metadata secret).Metadata
        }

        It 'tells that it stays where <Reason>' -TestCases @(
            @{ Reason = 'it is in no drive of it any more'; Change = { Get-VMDvdDrive "$Prefix-web" | Where-Object Path -eq $metadata | Remove-VMDvdDrive } }
            @{ Reason = 'it is not the one that was made for it'; Change = { Add-Content $metadata 'another' } }
        ) {
            . $Change
            Remove-LinuxKitVM "$Prefix-web" -Force -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -Be "The metadata image '$metadata' of the VM '$Prefix-web' stays: $Reason. What is in it may be a secret."
            $metadata | Should -Exist
        }

        It 'tells that it stays when new metadata takes its place' {
            Add-Content $metadata 'another'
            $null = Start-LinuxKitVM -Name "$Prefix-web" -Metadata new -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -Be "The metadata image '$metadata' of the VM '$Prefix-web' stays: it is not the one that was made for it. What is in it may be a secret."
            $metadata | Should -Exist
        }

        It 'says nothing of one that is gone' {
            Get-VMDvdDrive "$Prefix-web" | Where-Object Path -eq $metadata | Remove-VMDvdDrive
            Remove-Item $metadata
            Remove-LinuxKitVM "$Prefix-web" -Force -WarningVariable warnings
            $warnings | Should -BeNullOrEmpty
        }
    }
}
