using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Networking;

/// <summary>Chooses the virtual switches that a VM is connected to.</summary>
internal static class SwitchChooser
{
    /// <summary>The Default Switch's id: its name is localised (https://github.com/canonical/multipass/issues/1833).</summary>
    public static readonly Guid DefaultSwitchId = new("c08cb7b8-9b3c-408e-8e30-5e16a3aeb444");

    /// <summary>The switches of a host that the user asks for, or the one that a VM gets by default.</summary>
    /// <param name="hyperV">Lists them.</param>
    /// <param name="host">The host.</param>
    /// <param name="wanted">Names, ids or objects; none for the default.</param>
    /// <param name="warn">Is told when there was more than one external switch to choose from.</param>
    /// <exception cref="LinuxKitException">SwitchQueryFailed, SwitchNotFound, SwitchAmbiguous, NoDefaultSwitch.</exception>
    public static IReadOnlyList<PSObject> Choose(IHyperV hyperV, HyperVHost host, IReadOnlyList<PSObject> wanted, Action<string> warn)
    {
        var switches = hyperV.Invoke(host.Call(HyperVCommand.GetVMSwitch)).OutputOr(new CallFailure(
            "SwitchQueryFailed",
            "Hyper-V did not list its virtual switches.",
            null,
            "Use -NoNetwork to do without."));
        return wanted.Count == 0
            ? [Default(switches, warn)]
            : [.. wanted.Select(one => Find(switches, one))];
    }

    /// <summary>The switch that a name, an id or an object names.</summary>
    /// <exception cref="LinuxKitException">SwitchNotFound, SwitchAmbiguous.</exception>
    public static PSObject Find(IReadOnlyList<PSObject> switches, PSObject wanted)
    {
        // What has an Id is a switch, or a copy of one; what it is called may have changed meanwhile.
        var text = wanted.Properties["Id"]?.Value?.ToString() ?? wanted.ToString();
        return Guid.TryParse(text, out var id) && switches.FirstOrDefault(found => found.Id() == id) is { } identified
            ? identified
            : ByName(switches, text);
    }

    /// <summary>The external switch that the user configured, else the Default Switch.</summary>
    /// <param name="switches">All switches of the host.</param>
    /// <param name="warn">Is told when there was more than one external switch to choose from.</param>
    /// <exception cref="LinuxKitException">NoDefaultSwitch.</exception>
    public static PSObject Default(IReadOnlyList<PSObject> switches, Action<string> warn)
    {
        var external = switches.Where(found => found.Text("SwitchType") == "External").ToList();
        if (external.Count > 1)
        {
            warn($"There are {external.Count} external switches; '{external[0].Name()}' is used. Give -SwitchName to choose another.");
        }

        return external.FirstOrDefault()
            ?? switches.FirstOrDefault(found => found.Id() == DefaultSwitchId)
            ?? throw new LinuxKitException(
                "NoDefaultSwitch",
                FailureKind.ObjectNotFound,
                "There is neither an external virtual switch nor the Default Switch.",
                null,
                Remedy(switches));
    }

    /// <summary>The switch of that name.</summary>
    /// <exception cref="LinuxKitException">SwitchNotFound, SwitchAmbiguous.</exception>
    private static PSObject ByName(IReadOnlyList<PSObject> switches, string name)
    {
        var named = switches.Where(found => string.Equals(found.Name(), name, StringComparison.OrdinalIgnoreCase)).ToList();
        return named.Count switch
        {
            1 => named[0],
            0 => throw new LinuxKitException(
                "SwitchNotFound",
                FailureKind.ObjectNotFound,
                $"There is no virtual switch named '{name}'.",
                name,
                Remedy(switches)),
            _ => throw new LinuxKitException(
                "SwitchAmbiguous",
                FailureKind.InvalidArgument,
                $"{named.Count} virtual switches are named '{name}': {string.Join(", ", named.Select(found => found.Id()))}.",
                name,
                "Give the id of one of them with -SwitchName."),
        };
    }

    private static string Remedy(IReadOnlyList<PSObject> switches) => switches.Count == 0
        ? HostRemedy.MakeSwitch
        : $"Give -SwitchName one of: {string.Join(", ", switches.Select(found => $"'{found.Name()}'"))}; or use -NoNetwork.";
}
