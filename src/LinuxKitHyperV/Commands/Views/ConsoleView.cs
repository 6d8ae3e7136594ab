using System;
using System.Globalization;
using System.Management.Automation;

namespace LinuxKitHyperV.Commands;

/// <summary>The computed column of the tables of console lines and matches.</summary>
public static class ConsoleView
{
    /// <summary>The time since the boot's start, in milliseconds: lines follow each other faster than a clock's seconds.</summary>
    public static string Elapsed(PSObject line) => line.Properties["Elapsed"]?.Value is TimeSpan elapsed
        ? elapsed.ToString(elapsed.Days > 0 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture)
        : string.Empty;
}
