using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LinuxKitHyperV.Console;

namespace LinuxKitHyperV.Commands;

/// <summary>Ends the captures of a runspace's consoles when the module is removed there.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => ConsoleCaptures.RemoveOwnedBy(Runspace.DefaultRunspace.InstanceId);
}
