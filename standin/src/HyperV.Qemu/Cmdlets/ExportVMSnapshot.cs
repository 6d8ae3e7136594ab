using System.Management.Automation;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Has the contract's alias, and does nothing here.</content>
[Alias("Export-VMCheckpoint")]
public partial class ExportVMSnapshot;
