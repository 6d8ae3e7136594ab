using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using HyperV.Qemu;
using HyperV.Qemu.Controls;
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
        HyperVGateways.Wrap(Runspace, Recording.Wrap);
        AddImage("web-efi.iso");
    }

    /// <summary>What the cmdlets called.</summary>
    internal RecordingHyperV Recording { get; } = new();

    /// <summary>Puts an image into the current location.</summary>
    public void AddImage(string name) => File.WriteAllBytes(this[name], TestImage.EfiIso());

    /// <summary>Has calls fail: "Add-VMDvdDrive:1=OperationFailed", with @After once they have done their work.</summary>
    public static void Fail(string? plan) => StandIn.Fail(plan);

    /// <summary>Has calls take their time: "Start-VM=2000", in milliseconds.</summary>
    public static void Delay(string? plan) => Environment.SetEnvironmentVariable(Delays.Variable, plan);

    /// <summary>Has guests take the power button in a way of their own: "no-contact", "stubborn".</summary>
    public static void Guest(string? behavior) => Environment.SetEnvironmentVariable(GuestBehavior.Variable, behavior);

    /// <summary>Gives the host rights on shares, by wildcard.</summary>
    public static void Shares(string? patterns) => Environment.SetEnvironmentVariable(HostReach.Variable, patterns);

    /// <summary>Has the host's file system compress disks, by wildcard.</summary>
    public static void Compress(string? patterns) => Environment.SetEnvironmentVariable(FileStorage.Variable, patterns);

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
