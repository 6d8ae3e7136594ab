using System;
using System.IO;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.Formats.Vhdx;
using LinuxKitHyperV.Images;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>Small virtual disks with an identifier of the test's choice.</summary>
internal static class TestDisk
{
    /// <summary>Writes a VHDX.</summary>
    public static void Write(string path, string identifier)
    {
        using (var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite))
        {
            new VhdxWriter(file, DiskSpec.MinimumSizeBytes).Complete();
        }

        // The only bytes in which two empty disks of one size differ, but for those that no reader looks at.
        var bytes = File.ReadAllBytes(path);
        var now = VirtualDiskFile.Read(path).Identifier.ToByteArray();
        Guid.Parse(identifier).ToByteArray().CopyTo(bytes, bytes.AsSpan().IndexOf(now));
        File.WriteAllBytes(path, bytes);
    }
}
