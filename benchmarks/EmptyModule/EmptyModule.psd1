@{
    RootModule           = 'EmptyModule.dll'
    ModuleVersion        = '1.0.0'
    GUID                 = 'b6a1f7a0-6f0e-4d0f-9b52-6f2f4a3c7d11'
    Author               = 'The LinuxKitHyperV authors'
    Description          = 'A binary module with one cmdlet that does nothing.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    FunctionsToExport    = @()
    CmdletsToExport      = @('Get-Nothing')
    VariablesToExport    = @()
    AliasesToExport      = @()
}
