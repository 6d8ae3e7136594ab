using System;
using System.IO;
using System.Runtime.CompilerServices;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>Gives this process, and those that it starts, temporary files and pipes of their own: they can be counted, and other tests on this computer do not see them.</summary>
internal static class OwnTemporaryFiles
{
    [ModuleInitializer]
    internal static void Separate()
    {
        var folder = Directory.CreateTempSubdirectory("lkhv-faults-").FullName;
        Environment.SetEnvironmentVariable("TMPDIR", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }
}
