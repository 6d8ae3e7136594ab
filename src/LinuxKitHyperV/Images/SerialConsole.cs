using System;
using System.Linq;

namespace LinuxKitHyperV.Images;

/// <summary>Looks for the first serial port, COM 1, on a kernel's command line.</summary>
internal static class SerialConsole
{
    private const string Parameter = "console=ttyS0";

    /// <summary>Whether it is a console: "console=ttyS0", or with its speed "console=ttyS0,115200".</summary>
    public static bool IsIn(string commandLine) => commandLine.Split(' ', '\t').Any(word =>
        word.StartsWith(Parameter, StringComparison.Ordinal) && (word.Length == Parameter.Length || word[Parameter.Length] == ','));
}
