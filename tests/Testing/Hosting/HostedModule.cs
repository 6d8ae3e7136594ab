using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Commands;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using Xunit;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>The module in a runspace with the stand-in.</summary>
public sealed class HostedModule : StandInSession
{
    /// <summary>A runspace of its own, in whose location an image is.</summary>
    /// <param name="runsMachines">Whether VMs really run; otherwise their states change and nothing else does.</param>
    public HostedModule(bool runsMachines = false)
        : base(runsMachines)
    {
        // Nothing here looks at a VM from elsewhere: only tests of that have it as on a host.
        Age(TimeSpan.Zero);
        HyperVGateways.Wrap(Runspace, Recording.Wrap);
        AddImage("web-efi.iso");
    }

    /// <summary>What the cmdlets called.</summary>
    internal RecordingHyperV Recording { get; } = new();

    /// <summary>Puts an image into the current location.</summary>
    public void AddImage(string name) => File.WriteAllBytes(this[name], TestImage.EfiIso());

    /// <summary>Sets how old the properties of VMs may be.</summary>
    public void Age(TimeSpan most)
    {
        SetPropertyAge(most);
        Recording.PropertyAge = most;
    }

    /// <summary>Runs a script that must end with one error of an id and a category.</summary>
    public ErrorRecord RunBadly(string errorId, ErrorCategory category, string script, params object?[] arguments)
    {
        ErrorRecord error;
        try
        {
            Run(script, arguments);
            error = Assert.Single(Errors);
        }
        catch (RuntimeException exception)
        {
            error = exception.ErrorRecord;
        }

        Assert.Equal(errorId, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.False(string.IsNullOrWhiteSpace(error.ErrorDetails.RecommendedAction));
        return error;
    }

    /// <summary>Opens a runspace like the one of the tests, whose calls are not recorded.</summary>
    /// <param name="host">Its host; null for one that shows nothing.</param>
    public override Runspace OpenRunspace(PSHost? host = null)
    {
        var runspace = base.OpenRunspace(host);
        using var import = PowerShell.Create(runspace).AddScript("param($assembly) Import-Module -Assembly $assembly -ErrorAction Stop").AddArgument(typeof(LinuxKitCommand).Assembly);
        import.Invoke();
        return runspace;
    }

    public override void Dispose()
    {
        ConsoleCaptures.RemoveOwnedBy(Runspace.InstanceId);
        base.Dispose();
    }
}
