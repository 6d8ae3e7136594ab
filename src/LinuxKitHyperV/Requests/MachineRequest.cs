using System;
using System.Collections.Generic;
using System.Management.Automation;
using LinuxKitHyperV.Console;

namespace LinuxKitHyperV.Requests;

/// <summary>What a call asks of its VMs, as given; their images and names aside.</summary>
internal sealed record MachineRequest
{
    /// <summary>Virtual processors.</summary>
    public required int ProcessorCount { get; init; }

    /// <summary>Memory in bytes: what a VM starts with, the least and the most that it has; 0 for what was not given.</summary>
    public required (long Startup, long Minimum, long Maximum) Memory { get; init; }

    /// <summary>Data disks: sizes, files, tables, objects.</summary>
    public required IReadOnlyList<PSObject> Disks { get; init; }

    /// <summary>Of the firmware.</summary>
    public required BootWishes Boot { get; init; }

    public required MetadataRequest Metadata { get; init; }

    public required NetworkRequest Network { get; init; }
}

/// <summary>What was given as metadata.</summary>
/// <param name="Content">Text, bytes, a file, a folder or a table; null for none.</param>
/// <param name="Path">The same as a path; null for none.</param>
internal sealed record MetadataRequest(PSObject? Content, string? Path);

/// <summary>What network adapters were asked for.</summary>
/// <param name="Switches">Names, ids or objects, each for an adapter; none for the default.</param>
/// <param name="VlanIds">A VLAN for each, one for all, or none.</param>
/// <param name="MacAddresses">An address for each, or none.</param>
/// <param name="IsNone">Whether there shall be no adapter.</param>
internal sealed record NetworkRequest(IReadOnlyList<PSObject> Switches, IReadOnlyList<int> VlanIds, IReadOnlyList<string> MacAddresses, bool IsNone);

/// <summary>What was asked for of a start.</summary>
internal sealed record StartRequest
{
    /// <summary>Whether the pipe of the console is left to other programs.</summary>
    public required bool IsNotCaptured { get; init; }

    /// <summary>Where the console is logged, as it was given; null for nowhere.</summary>
    public required ConsoleLogOptions? Log { get; init; }

    /// <summary>How the console is attached; null for not.</summary>
    public required ConsoleRequest? Console { get; init; }
}

/// <summary>How a console is attached after a start.</summary>
/// <param name="TimeoutSec">Without a terminal: how long it is copied, in seconds; 0 until the VM stops.</param>
/// <param name="EscapeKey">The byte that leaves it; null for none.</param>
/// <param name="IsRemoval">Whether the VM is removed when the console is left.</param>
/// <param name="WithData">Whether its data disks are deleted then.</param>
internal sealed record ConsoleRequest(int TimeoutSec, byte? EscapeKey, bool IsRemoval, bool WithData);

/// <summary>How a console is captured.</summary>
/// <param name="OwnerId">The runspace that the capture belongs to.</param>
/// <param name="Log">Where it is logged; null for nowhere.</param>
internal sealed record CaptureRequest(Guid OwnerId, ConsoleLogOptions? Log = null);

/// <summary>Parameters that do not go together: an error that ends the cmdlet.</summary>
/// <param name="parameter">The parameter that breaks the rule.</param>
/// <param name="rule">The rule.</param>
internal sealed class ParameterRuleException(string parameter, string rule) : Exception(rule)
{
    /// <summary>The parameter that breaks the rule.</summary>
    public string Parameter => parameter;

    /// <summary>Holds parameters to a rule.</summary>
    public static void Require(bool isMet, string parameter, string rule)
    {
        if (!isMet)
        {
            throw new ParameterRuleException(parameter, rule);
        }
    }
}
