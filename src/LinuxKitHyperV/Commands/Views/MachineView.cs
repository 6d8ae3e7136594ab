using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Commands;

/// <summary>The computed columns of the table of VMs.</summary>
public static class MachineView
{
    // A VM's name has 100 characters at most; of its files most are named after it. Four cells that are shortened leave
    // State and Uptime their room in a window of 80 columns.
    private const int LongestName = 32;
    private const int HeadOfLongName = 7;
    private const int TailOfLongName = 4;

    /// <summary>The VM's name.</summary>
    public static string Name(PSObject machine) => Shortened(machine.Text("Name"));

    /// <summary>The image's file name.</summary>
    public static string Image(PSObject machine) => FileName(machine.Text("Image"));

    /// <summary>The first disk's file name, and how many there are besides: the list has all of them.</summary>
    public static string Disks(PSObject machine) => machine.Properties["Disks"]?.Value is IEnumerable<string> disks && disks.Any()
        ? FileName(disks.First()) + (disks.Skip(1).Any() ? $" +{disks.Count() - 1}" : string.Empty)
        : string.Empty;

    /// <summary>The time since the VM started, in whole seconds.</summary>
    public static string Uptime(PSObject machine) => machine.Properties["Uptime"]?.Value is TimeSpan uptime
        ? uptime.ToString(uptime.Days > 0 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture)
        : string.Empty;

    /// <summary>The name of the console's pipe: what stands before it is the same for all.</summary>
    public static string ConsolePipe(PSObject machine) => FileName(machine.Text("ConsolePipe"));

    /// <summary>The integration services, each with what Hyper-V says of it; they are asked for where they are shown.</summary>
    public static string IntegrationServices(PSObject machine) => machine.Properties["VMIntegrationService"]?.Value is IEnumerable services
        ? string.Join(", ", services.Cast<object>().Select(PSObject.AsPSObject).Select(service => $"{service.Name()}: {State(service)}"))
        : string.Empty;

    private static string State(PSObject service) => !service.IsEnabled() ? "Disabled" : service.Text("PrimaryOperationalStatus") is { Length: > 0 } status ? status : "-";

    // A remote host's paths may be of the other kind than this computer's.
    private static string FileName(string path) => Shortened(path.Substring(path.LastIndexOfAny(['/', '\\', Path.DirectorySeparatorChar]) + 1));

    // By its middle: names that go together differ at their ends.
    private static string Shortened(string name)
    {
        var text = new StringInfo(name);
        return text.LengthInTextElements <= LongestName
            ? name
            : $"{text.SubstringByTextElements(0, HeadOfLongName)}...{text.SubstringByTextElements(text.LengthInTextElements - TailOfLongName)}";
    }
}
