using System;
using System.Management.Automation;

namespace LinuxKitHyperV.HyperV;

/// <summary>The Hyper-V host that calls go to: this one, or the one that -ComputerName, -Credential or -CimSession name.</summary>
internal sealed record HyperVHost(string? ComputerName, PSCredential? Credential, PSObject? CimSession)
{
    /// <summary>This computer.</summary>
    public static HyperVHost Local { get; } = new(null, null, null);

    /// <summary>Whether files and pipes of the host are this computer's.</summary>
    public bool IsLocal =>
        CimSession is null &&
        (string.IsNullOrEmpty(ComputerName) || ComputerName == "." ||
         string.Equals(ComputerName, "localhost", StringComparison.OrdinalIgnoreCase) ||
         string.Equals(ComputerName, Environment.MachineName, StringComparison.OrdinalIgnoreCase));

    /// <summary>The host that an object of Hyper-V's came from.</summary>
    public static HyperVHost Of(PSObject source)
    {
        var named = new HyperVHost(source.Text("ComputerName"), null, null);
        if (named.IsLocal)
        {
            return Local;
        }

        // Live objects hold the session that they came by, with its credentials; copies of them, from jobs say, do not.
        return source.Properties["CimSession"]?.Value is { } session && !source.TypeNames[0].StartsWith("Deserialized.", StringComparison.Ordinal)
            ? new HyperVHost(null, null, PSObject.AsPSObject(session))
            : named;
    }

    /// <summary>A call to this host, for the parameter sets that take one (those with -VM take the object's own host).</summary>
    public HyperVCall Call(string command)
    {
        var call = new HyperVCall(command);
        if (CimSession is not null)
        {
            // Bare: what is wrapped is made text on its way to the parameter, and outside Windows a session has none.
            call.Add("CimSession", CimSession.BaseObject);
        }

        if (!string.IsNullOrEmpty(ComputerName))
        {
            call.Add("ComputerName", ComputerName);
        }

        if (Credential is not null)
        {
            call.Add("Credential", Credential);
        }

        return call;
    }

    /// <summary>Get-VM by id.</summary>
    public HyperVCall GetMachine(Guid id)
    {
        var call = Call(HyperVCommand.GetVM);
        call.Add("Id", id);
        return call;
    }

    /// <summary>Get-VM by patterns.</summary>
    public HyperVCall GetMachines(params string[] patterns)
    {
        var call = Call(HyperVCommand.GetVM);
        call.Add("Name", patterns);
        return call;
    }
}
