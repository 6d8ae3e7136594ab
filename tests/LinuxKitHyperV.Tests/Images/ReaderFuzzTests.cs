using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>Whatever is in a file: it is read, or refused as an image; soon, and without much memory.</summary>
public sealed class ReaderFuzzTests : IDisposable
{
    private const string MinutesVariable = "LINUXKIT_FUZZ_MINUTES";

    // What a damaged table may make the disk seem to hold is read only so far.
    private const long MostRead = 8 << 20;
    private const long MostAllocated = 64 << 20;

    // The aim is a second a MiB; a machine that does other things gets ten.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NoFileDoesHarm()
    {
        foreach (var (name, seed) in Seeds())
        {
            var mutator = new ImageMutator(name.Length);
            for (var round = 0; round < 60; round++)
            {
                Try(name, round, mutator.Mutate(seed));
            }
        }
    }

    [Fact(Explicit = true)]
    public void NoFileDoesHarmForLong()
    {
        var minutes = double.TryParse(Environment.GetEnvironmentVariable(MinutesVariable), System.Globalization.CultureInfo.InvariantCulture, out var given) ? given : 60;
        var seeds = Seeds().ToList();
        var start = Environment.TickCount;
        var mutator = new ImageMutator(start);
        var watch = Stopwatch.StartNew();
        var round = 0;
        for (; watch.Elapsed.TotalMinutes < minutes; round++)
        {
            var (name, seed) = seeds[round % seeds.Count];
            Try($"{name}, generator {start}", round, mutator.Mutate(seed));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{round} files in {watch.Elapsed}");
    }

    private static void Try(string name, int round, byte[] image)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        try
        {
            ImageFile.Inspect(name, new MemoryStream(image));
        }
        catch (ImageFormatException)
        {
            // Most are refused, and that is well.
        }
        catch (Exception exception)
        {
            Assert.Fail($"{name}, round {round}: {exception} ({Keep(image)})");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MostAllocated, $"{name}, round {round}: {allocated} bytes allocated ({Keep(image)})");
        try
        {
            Read(image);
        }
        catch (ImageFormatException)
        {
            // As above.
        }
        catch (Exception exception)
        {
            Assert.Fail($"{name}, round {round}: {exception} ({Keep(image)})");
        }

        Assert.True(watch.Elapsed < Patience, $"{name}, round {round}: it took {watch.Elapsed} ({Keep(image)})");
    }

    private static void Read(byte[] image)
    {
        using var file = ImageFile.Open(new FileContent(new MemoryStream(image)), MostRead);
        var buffer = new byte[1 << 16];
        var read = 0L;
        for (var offset = 0L; offset < file.Content.Length && read < MostRead;)
        {
            var extent = file.Content.ExtentAt(offset);
            Assert.True(extent.Offset == offset && extent.Length > 0 && extent.End <= file.Content.Length, $"{extent}");
            if (extent.IsData)
            {
                var count = (int)Math.Min(buffer.Length, extent.Length);
                file.Content.Read(offset, buffer, 0, count);
                offset += count;
                read += count;
            }
            else
            {
                offset = extent.End;
                read += 4096;
            }
        }
    }

    // Where to look when it failed.
    private static string Keep(byte[] image)
    {
        var path = Path.Combine(Path.GetTempPath(), $"linuxkit-fuzz-{Guid.NewGuid():N}");
        File.WriteAllBytes(path, image);
        return path;
    }

    private IEnumerable<(string Name, byte[] Image)> Seeds()
    {
        yield return ("iso-efi", TestImage.EfiIso());
        yield return ("iso-bios", TestImage.BiosIso());
        yield return ("raw-efi", TestImage.UnifiedDisk());
        yield return ("raw-bios", TestImage.BiosDisk());
        File.WriteAllBytes(_folder["disk.img"], TestImage.EfiDisk());
        foreach (var (name, format, options) in new (string, string, string[])[]
        {
            ("qcow2", "qcow2", []),
            ("qcow2 compressed", "qcow2", ["-c"]),
            ("qcow2 of version 2", "qcow2", ["-o", "compat=0.10,cluster_size=512"]),
            ("vmdk", "vmdk", []),
            ("vmdk compressed", "vmdk", ["-o", "subformat=streamOptimized"]),
            ("vhd", "vpc", ["-o", "subformat=dynamic,force_size"]),
            ("vhdx", "vhdx", ["-o", "block_size=1M"]),
        })
        {
            QemuImg.Convert(_folder["disk.img"], _folder["image"], format, options);
            yield return (name, File.ReadAllBytes(_folder["image"]));
        }

        yield return ("gzipped tar", GzipTar.Of(TestImage.BiosDisk()));
    }
}
