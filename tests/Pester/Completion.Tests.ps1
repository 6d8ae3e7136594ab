BeforeDiscovery {
    Import-Module LinuxKitHyperV
    $cmdlets = (Get-Command -Module LinuxKitHyperV).Name | ForEach-Object { @{ Cmdlet = $_ } }
}

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $web = New-LinuxKitVM $image -Name "$Prefix-web", "$Prefix my web" | Where-Object Name -eq "$Prefix-web"
    $lab = New-VMSwitch "$Prefix-lab 1" -SwitchType Private
    Set-Content "$Prefix-notes.txt" text
    $null = New-LinuxKitDisk "$Prefix-data.vhdx" 10M
    $images = "$Prefix-data.vhdx", "$Prefix-web-efi.iso"
    $files = "$Prefix-data.vhdx", "$Prefix-notes.txt", "$Prefix-web-efi.iso"
    $sizes = '1GB', '4GB', '10GB', '50GB', '100GB'

    # By parameter, or by cmdlet and parameter: what is typed of a value, and what Tab makes of it.
    $offers = @{
        'Id'                         = @($web.Id.ToString().Substring(0, 12), $web.Id.ToString())
        'Name'                       = @("$Prefix-", "$Prefix-web")
        'SwitchName'                 = @("$Prefix-", "'$Prefix-lab 1'")
        'Path'                       = @("$Prefix-") + ($images | ForEach-Object { Join-Path . $_ })
        'LiteralPath'                = @("$Prefix-") + $images
        'New-LinuxKitDisk -Path'     = @("$Prefix-") + $files
        'New-LinuxKitMetadata -Path' = @("$Prefix-") + $files
        'DestinationPath'            = @("$Prefix-") + $files
        'MetadataPath'               = @("$Prefix-") + $files
        'ConsoleLogPath'             = @("$Prefix-") + $files
        'Disk'                       = @("$Prefix-", "$Prefix-data.vhdx")
        'Size'                       = @('') + $sizes
        'EscapeKey'                  = @('ctrl+a', 'Ctrl+A')
        'SecureBoot'                 = @('', 'Off', 'MicrosoftUEFICertificateAuthority', 'MicrosoftWindows')
        'For'                        = @('', 'Heartbeat', 'State', 'Off', 'IPAddress')
        'State'                      = @('', 'Running', 'Off', 'Saved', 'Paused')
        'Key'                        = @('') + [Enum]::GetNames((Get-Command Send-LinuxKitConsole).Parameters.Key.ParameterType.GetElementType())
    }

    # Of these only the user knows the value, or an object is given that a variable has.
    $free = @(
        'New-LinuxKitVM -Name', 'VM', 'CimSession', 'ComputerName', 'Credential', 'TimeoutSec', 'SilenceSec', 'Tail', 'Command', 'InputObject', 'UserData', 'MetaData',
        'Text', 'Pattern', 'ProcessorCount', 'MemoryStartupBytes', 'MemoryMinimumBytes', 'MemoryMaximumBytes', 'Generation', 'VlanId', 'MacAddress',
        'ConsoleLogMaximumBytes', 'PipelineInput'
    )

    function Test-Completer($Parameter) {
        $type = if ($Parameter.ParameterType.IsArray) { $Parameter.ParameterType.GetElementType() } else { $Parameter.ParameterType }
        $type.IsEnum -or @($Parameter.Attributes | Where-Object { $_ -is [Management.Automation.ArgumentCompleterAttribute] -or $_ -is [Management.Automation.ValidateSetAttribute] }).Count -gt 0
    }
}

AfterAll {
    Clear-TestVM
    Remove-VMSwitch $lab -Force
    Pop-Location
}

Describe 'Tab' -Tag HyperV {
    It 'gives a value for each parameter of <Cmdlet> that has some to choose from' -TestCases $cmdlets {
        $parameters = (Get-Command $Cmdlet).Parameters.Values |
            Where-Object { $_.ParameterType -ne [switch] -and $_.Name -notin [Management.Automation.Cmdlet]::CommonParameters }
        foreach ($parameter in $parameters) {
            $key = "$Cmdlet -$($parameter.Name)", $parameter.Name | Where-Object { $_ -in $free -or $offers.ContainsKey($_) } | Select-Object -First 1
            $key | Should -Not -BeNullOrEmpty -Because "-$($parameter.Name) belongs into one of the tables above"
            if ($key -in $free) {
                Test-Completer $parameter | Should -BeFalse -Because "nobody else knows -$($parameter.Name)"
            }
            else {
                # Some PowerShells sort what others leave as it is.
                $word, $values = $offers[$key]
                Get-Completion "$Cmdlet -$($parameter.Name) $word" | Sort-Object |
                    Should -BeExactly @($values | Sort-Object) -Because "that is what -$($parameter.Name) takes"
            }
        }
    }

    It 'gives <Line>' -TestCases @(
        @{ Line = 'Remove-LinuxKitVM %'; Completions = "'% my web'", '%-web' }
        @{ Line = 'New-LinuxKitDisk d '; Completions = '1GB', '4GB', '10GB', '50GB', '100GB' }
        @{ Line = 'New-LinuxKitDisk d -Size 20'; Completions = '20GB', '20MB', '20TB' }
        @{ Line = 'New-LinuxKitDisk d -Size 20m'; Completions = '20MB' }
        @{ Line = "Connect-LinuxKitConsole web -EscapeKey 'Ctrl+]"; Completions = "'Ctrl+]'" }
    ) {
        Get-Completion $Line.Replace('%', $Prefix) | Should -BeExactly $Completions.Replace('%', $Prefix)
    }

    It 'gives the ids of the VMs that the module made, and shows their names: <Cmdlet>' -TestCases @(
        @{ Cmdlet = 'Stop-LinuxKitVM' }
        @{ Cmdlet = 'Start-LinuxKitVM' }
        @{ Cmdlet = 'Get-LinuxKitVM' }
    ) {
        $line = "$Cmdlet -Id "
        $other = New-VM "$Prefix-other" -Generation 2 -Path $TestDrive
        try {
            $matched = (TabExpansion2 $line $line.Length).CompletionMatches | Where-Object ListItemText -Like "$Prefix*" | Sort-Object ListItemText
        }
        finally {
            Remove-VM $other -Force
        }

        $ours = Get-LinuxKitVM "$Prefix*" | Sort-Object Name
        $ours | Should -HaveCount 2
        $matched.ListItemText | Should -Be $ours.Name
        $matched.CompletionText | Should -Be ($ours.Id | ForEach-Object ToString)
    }

    It 'gives the ids of switches that have one name' {
        $twins = 1..2 | ForEach-Object { New-VMSwitch "$Prefix-twin" -SwitchType Private }
        try {
            $completions = Get-Completion 'New-LinuxKitVM x.iso -SwitchName '
        }
        finally {
            $twins | Remove-VMSwitch -Force
        }

        $twins.Id | ForEach-Object { $completions | Should -Contain $_.ToString() }
        $completions | Should -Contain "'$Prefix-lab 1'"
        $completions | Should -Not -Contain "$Prefix-twin"
    }

    It 'gives the switches of the host that the line names' {
        Set-StandIn Hosts hv02
        try {
            $there = New-VMSwitch "$Prefix-lab there" -SwitchType Private -ComputerName hv02
            Get-Completion "New-LinuxKitVM x.iso -SwitchName $Prefix-lab" | Should -Be "'$Prefix-lab 1'"
            Get-Completion "New-LinuxKitVM x.iso -ComputerName hv02 -SwitchName $Prefix-lab" | Should -Be "'$Prefix-lab there'"
        }
        finally {
            if ($there) { Remove-VMSwitch $there -Force }
            Clear-StandIn
        }
    }
}
