using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace HyperV.Qemu.Engine;

/// <summary>The program that runs .NET programs.</summary>
internal static class DotNetHost
{
    private const string Program = "dotnet";

    /// <summary>Finds it: the one of this process, or else one that is installed.</summary>
    /// <exception cref="EngineException">There is none.</exception>
    public static string Find() => Folders().Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists)
        ?? throw new EngineException(EngineFault.Unspecified, $"'{Program}' is not on the PATH: the COM ports need .NET.");

    private static IEnumerable<string> Folders()
    {
        // A shared runtime lies in shared/Microsoft.NETCore.App/VERSION below it. A program that has .NET built in, as pwsh has, has none.
        yield return Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..");
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root)
        {
            yield return root;
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            yield return folder;
        }
    }
}
