@{
    # A DLL is a module once in a session: that of the stand-in is the module Hyper-V.
    RootModule = 'CimCmdlets.psm1'
    RequiredAssemblies = @('../Hyper-V/HyperV.Qemu.dll')
    ModuleVersion = '1.0.0.0'
    GUID = '5e0f0a86-0b0d-4b6d-9c0c-2f4f0c5f1d8e'
    Author = 'The LinuxKitHyperV authors'
    Copyright = 'Copyright (c) 2026 The LinuxKitHyperV authors'
    Description = 'What Windows tells of the hosts of the stand-in for the Hyper-V module.'
    PowerShellVersion = '7.6'
    CompatiblePSEditions = @('Core')
    FunctionsToExport = @('Get-CimInstance')
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
