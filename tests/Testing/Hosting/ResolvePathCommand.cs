using System.Management.Automation;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>Gives the file that a path means, as the module's cmdlets find it, and as PowerShell does.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "Path")]
public sealed class ResolvePathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = string.Empty;

    protected override void ProcessRecord()
    {
        WriteObject(SessionState.Path.ToFilePath(Path));
        WriteObject(GetUnresolvedProviderPathFromPSPath(Path));
    }
}
