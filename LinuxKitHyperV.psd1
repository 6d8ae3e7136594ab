@{
    RootModule             = 'LinuxKitHyperV.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '8663ebf4-6fbe-4c13-a2c7-3a2ae06adc4f'
    Author                 = 'The LinuxKitHyperV authors'
    CompanyName            = 'Unknown'
    Copyright              = 'Copyright (c) 2026 The LinuxKitHyperV authors. MIT License.'
    Description            = 'Runs LinuxKit images on Microsoft Hyper-V: creates and starts a VM for an image, connects its serial console, and removes everything that it made.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')
    FormatsToProcess       = @('LinuxKitHyperV.Format.ps1xml')
    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Connect-LinuxKitConsole'
        'ConvertTo-LinuxKitDisk'
        'Disconnect-LinuxKitConsole'
        'Get-LinuxKitIPAddress'
        'Get-LinuxKitImage'
        'Get-LinuxKitVM'
        'Invoke-LinuxKitCommand'
        'New-LinuxKitDisk'
        'New-LinuxKitMetadata'
        'New-LinuxKitVM'
        'Receive-LinuxKitConsole'
        'Remove-LinuxKitVM'
        'Send-LinuxKitConsole'
        'Start-LinuxKitVM'
        'Stop-LinuxKitVM'
        'Test-LinuxKitHost'
        'Wait-LinuxKitConsole'
        'Wait-LinuxKitVM'
    )
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @('LinuxKit', 'Hyper-V', 'HyperV', 'VM', 'Linux', 'SerialConsole', 'Windows', 'PSEdition_Desktop', 'PSEdition_Core')
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
