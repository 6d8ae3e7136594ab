BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    [IO.File]::WriteAllText((Join-Path $TestDrive data.txt), "from a file`r`n")

    function Read-Image([string] $Path) {
        & $PSScriptRoot/Read-MetadataImage.ps1 $Path
    }

    # JSON without what its writer is free to choose.
    function ConvertTo-PlainJson([string] $Json) {
        ConvertFrom-Json $Json | ConvertTo-Json -Depth 9 -Compress
    }
}

AfterAll {
    Pop-Location
}

Describe 'New-LinuxKitMetadata' -Tag Package {
    AfterEach {
        Remove-Item "$Prefix*" -Recurse -Force
    }

    It 'gives the guest <Text> for <What>' -TestCases @(
        @{ What = 'text'; Given = { 'text' }; Text = 'text' }
        @{ What = 'lines'; Given = { 'one', 'two' }; Text = "one`ntwo" }
        @{ What = 'bytes'; Given = { , [byte[]] (104, 105) }; Text = 'hi' }
        @{ What = 'a file'; Given = { Get-Item data.txt }; Text = "from a file`r`n" }
        @{ What = 'a table of files'; Given = { @{ b = 'x'; 'a:0600' = 'y' } }; Text = '{"a":{"perm":"0600","content":"y"},"b":{"content":"x"}}' }
        @{ What = 'objects'; Given = { [pscustomobject] @{ ssh = [pscustomobject] @{ key = 'k' } } }; Text = '{"ssh":{"entries":{"key":{"content":"k"}}}}' }
        @{ What = 'permissions'; Given = { @{ 'ssh:0700' = @{ key = @{ content = 'k'; perm = 0600 } } } }; Text = '{"ssh":{"perm":"0700","entries":{"key":{"perm":"0600","content":"k"}}}}' }
        @{ What = 'entries'; Given = { @{ ssh = @{ entries = @{ key = @{ content = 'k' } } } } }; Text = '{"ssh":{"entries":{"key":{"content":"k"}}}}' }
        @{ What = 'a folder called content'; Given = { @{ d = @{ content = @{ x = 'in it' } } } }; Text = '{"d":{"entries":{"content":{"entries":{"x":{"content":"in it"}}}}}}' }
        @{ What = 'a file called content'; Given = { @{ d = @{ content = 'a'; other = 'b' } } }; Text = '{"d":{"entries":{"content":{"content":"a"},"other":{"content":"b"}}}}' }
        @{
            What  = 'values of all kinds'
            Given = { @{ lines = 'a', 'b'; number = 5; nothing = $null; file = Get-Item data.txt } }
            Text  = '{"file":{"content":"from a file\r\n"},"lines":{"content":"a\nb"},"nothing":{"content":""},"number":{"content":"5"}}'
        }
        @{ What = 'odd characters'; Given = { @{ odd = "$([char] 1)`"\`t$([char] 0xE9)" } }; Text = '{"odd":{"content":"\u0001\"\\\t\u00e9"}}' }
        @{ What = 'an empty folder'; Given = { @{ empty = @{} } }; Text = '{"empty":{"entries":{}}}' }
    ) {
        $file = New-LinuxKitMetadata "$Prefix-m" -InputObject (& $Given)
        $file | Should -BeOfType ([IO.FileInfo])
        $file.Name | Should -Be "$Prefix-m.iso"

        $image = Read-Image $file
        $image.Label | Should -Be CIDATA
        $image.Files.Path | Should -Be config, user-data
        $image.Files.Mode | Should -Be 600, 600
        $image.Files[0].Text | Should -BeExactly $image.Files[1].Text
        if ($Text.StartsWith('{')) {
            ConvertTo-PlainJson $image.Files[1].Text | Should -BeExactly (ConvertTo-PlainJson $Text)
        }
        else {
            $image.Files[1].Text | Should -BeExactly $Text
        }
    }

    It 'joins what comes from the pipeline' {
        $null = 'one', 'two' | New-LinuxKitMetadata "$Prefix-m.iso"
        (Read-Image "$Prefix-m.iso").Files[1].Text | Should -BeExactly "one`ntwo"
        @() | New-LinuxKitMetadata "$Prefix-none.iso"
        "$Prefix-none.iso" | Should -Not -Exist
    }

    It 'makes what cloud-init reads' {
        $null = New-LinuxKitMetadata "$Prefix-m.iso" -UserData '#cloud-config' -MetaData 'instance-id: a'
        $files = (Read-Image "$Prefix-m.iso").Files
        $files.Path | Should -Be meta-data, user-data
        $files.Text | Should -BeExactly 'instance-id: a', '#cloud-config'
        $null = New-LinuxKitMetadata "$Prefix-n.iso" -UserData '#cloud-config'
        (Read-Image "$Prefix-n.iso").Files.Text | Should -BeExactly '', '#cloud-config'
    }

    It 'makes documents for cloud-init of tables' {
        $user = [ordered] @{ hostname = 'web'; packages = 'a', 'b'; power_state = [pscustomobject] @{ delay = 5; condition = $true; message = $null }; quote = "it's `"`n" }
        $null = New-LinuxKitMetadata "$Prefix-m.iso" -UserData $user -MetaData @{ 'instance-id' = 'x' }
        (Read-Image "$Prefix-m.iso").Files.Text | Should -BeExactly @(
            "{`"instance-id`":`"x`"}`n"
            "#cloud-config`n{`"hostname`":`"web`",`"packages`":[`"a`",`"b`"],`"power_state`":{`"delay`":5,`"condition`":true,`"message`":null},`"quote`":`"it's \`"\u000a`"}`n"
        )
        $null = New-LinuxKitMetadata "$Prefix-n.iso" -UserData '#cloud-config' -MetaData ([pscustomobject] @{ 'instance-id' = 'y' })
        (Read-Image "$Prefix-n.iso").Files[0].Text | Should -BeExactly "{`"instance-id`":`"y`"}`n"
    }

    It 'takes a folder with user data as it is' {
        $folder = New-Item "$Prefix-seed", "$Prefix-seed/keys" -ItemType Directory
        $blob = [byte[]] (0..3999 | ForEach-Object { $_ -band 255 })
        Set-Content "$Prefix-seed/user-data" '#cloud-config' -NoNewline
        [IO.File]::WriteAllBytes((Join-Path $folder[1].FullName blob), $blob)
        $null = New-LinuxKitMetadata "$Prefix-m.iso" $folder[0]

        $files = (Read-Image "$Prefix-m.iso").Files
        $files.Path | Should -Be keys, keys/blob, user-data
        [Convert]::ToBase64String($files[1].Bytes) | Should -BeExactly ([Convert]::ToBase64String($blob))
        $files[2].Text | Should -BeExactly '#cloud-config'
    }

    It 'makes a tree of any other folder, with the permissions that Linux has' {
        $folder = New-Item "$Prefix-tree", "$Prefix-tree/ssh" -ItemType Directory
        Set-Content "$Prefix-tree/ssh/key" k -NoNewline
        $json = '{"ssh":{"entries":{"key":{"content":"k"}}}}'
        if ([IO.Path]::DirectorySeparatorChar -eq '/') {
            [IO.File]::SetUnixFileMode((Join-Path $folder[1].FullName key), 'UserRead')
            [IO.File]::SetUnixFileMode($folder[1].FullName, 'UserRead, UserWrite, UserExecute')
            $json = '{"ssh":{"perm":"0700","entries":{"key":{"perm":"0400","content":"k"}}}}'
        }

        $null = New-LinuxKitMetadata "$Prefix-m.iso" $folder[0]
        (Read-Image "$Prefix-m.iso").Files[1].Text.TrimEnd() | Should -BeExactly $json
    }

    It 'refuses <What>: <Id>' -TestCases @(
        @{ What = 'a path for a name'; Id = 'MetadataNameInvalid'; Category = 'InvalidArgument'; Given = { @{ 'a/b' = 'x' } } }
        @{ What = 'a name twice'; Id = 'MetadataNameInvalid'; Category = 'InvalidArgument'; Given = { @{ a = 'x'; 'a:0600' = 'y' } } }
        @{ What = 'letters for permissions'; Id = 'MetadataPermInvalid'; Category = 'InvalidArgument'; Given = { @{ a = @{ content = 'x'; perm = 'rw' } } } }
        @{ What = 'a table in itself'; Id = 'MetadataTooDeep'; Category = 'InvalidArgument'; Given = { $table = @{}; $table.t = $table; $table } }
        @{ What = 'a file that is gone'; Id = 'MetadataNotReadable'; Category = 'ReadError'; Given = { $file = New-Item "$Prefix-gone"; Remove-Item $file; $file } }
        @{ What = 'an object'; Id = 'MetadataNotText'; Category = 'InvalidData'; Given = { @{ a = Get-Process -Id $PID } } }
        @{ What = 'tables in a list'; Id = 'MetadataNotText'; Category = 'InvalidData'; Given = { , @(@{ a = 1 }, @{ b = 2 }) } }
        @{ What = 'bytes that are no text'; Id = 'MetadataNotText'; Category = 'InvalidData'; Given = { @{ a = [byte[]] (255, 254) } } }
    ) {
        $given = & $Given
        $null = Assert-Failure $Id $Category { New-LinuxKitMetadata "$Prefix-m" -InputObject $given }
        "$Prefix-m.iso" | Should -Not -Exist
    }

    It 'refuses the path <Path>: <Id>' -TestCases @(
        @{ Path = 'missing/m'; Id = 'MetadataNotWritable'; Category = 'WriteError' }
        @{ Path = 'nowhere:m'; Id = 'InvalidPath'; Category = 'InvalidArgument' }
    ) {
        $null = Assert-Failure $Id $Category { New-LinuxKitMetadata $Path text }
    }

    It 'refuses a file of <Length> bytes as <What>: <Id>' -TestCases @(
        @{ What = 'text'; Length = 64MB + 1; Id = 'MetadataTextTooLong'; Category = 'InvalidData'; Given = { @{ a = Get-Item "$Prefix-long" } } }
        @{ What = 'user data'; Length = 4GB; Id = 'MetadataFileTooLarge'; Category = 'InvalidArgument'; Given = { Get-Item "$Prefix-long" } }
    ) {
        $long = [IO.File]::Create((Join-Path $TestDrive "$Prefix-long"))
        try { $long.SetLength($Length) } finally { $long.Dispose() }
        $given = & $Given
        $null = Assert-Failure $Id $Category { New-LinuxKitMetadata "$Prefix-m" -InputObject $given }
        "$Prefix-m.iso" | Should -Not -Exist
    }

    It 'replaces nothing' {
        $null = New-LinuxKitMetadata "$Prefix-m" first
        $null = Assert-Failure 'MetadataExists' 'ResourceExists' { New-LinuxKitMetadata "$Prefix-m" second }
        (Read-Image "$Prefix-m.iso").Files[1].Text | Should -BeExactly first
    }

    It 'changes nothing with -WhatIf' {
        New-LinuxKitMetadata "$Prefix-m" text -WhatIf | Should -BeNullOrEmpty
        "$Prefix-m.iso" | Should -Not -Exist
    }
}
