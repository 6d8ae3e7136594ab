using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>Whatever is in a file: it is read, or refused as an image; soon, and without much memory.</summary>
public sealed class ReaderFuzzTests
{
    private const string MinutesVariable = "LINUXKIT_FUZZ_MINUTES";

    // What a damaged table may make the disk seem to hold is read only so far.
    private const long MostRead = 8 << 20;
    private const long MostAllocated = 64 << 20;

    // For each MiB of the file, in the processor's time: what else the machine does counts for nothing.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

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
        var seeds = Seeds();
        var start = Environment.TickCount;
        var mutator = new ImageMutator(start);
        var watch = Stopwatch.StartNew();
        var (round, most, longest) = (0, 0L, TimeSpan.Zero);
        for (; watch.Elapsed.TotalMinutes < minutes; round++)
        {
            var (name, seed) = seeds[round % seeds.Count];
            var cost = Try($"{name}, generator {start}", round, mutator.Mutate(seed));
            most = Math.Max(most, cost.Allocated);
            longest = cost.TimeOfMegabyte > longest ? cost.TimeOfMegabyte : longest;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{round} files in {watch.Elapsed}, at most {most} bytes allocated for one and {longest} of the processor's time for a MiB of it");
    }

    private static (long Allocated, TimeSpan TimeOfMegabyte) Try(string name, int round, byte[] image)
    {
        var inspected = Measure(name, round, image, () => ImageFile.Inspect(name, new MemoryStream(image)));
        var read = Measure(name, round, image, () => Read(image));
        return (Math.Max(inspected.Allocated, read.Allocated), inspected.TimeOfMegabyte > read.TimeOfMegabyte ? inspected.TimeOfMegabyte : read.TimeOfMegabyte);
    }

    private static (long Allocated, TimeSpan TimeOfMegabyte) Measure(string name, int round, byte[] image, Action action)
    {
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        var timeBefore = ProcessorTime.OfThisThread;
        try
        {
            action();
        }
        catch (ImageFormatException)
        {
            // Most are refused, and that is well.
        }
        catch (Exception exception)
        {
            Fail(exception.ToString());
        }

        var time = (ProcessorTime.OfThisThread - timeBefore) / Math.Max(1.0, image.Length / (double)(1 << 20));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        if (allocated >= MostAllocated)
        {
            Fail($"{allocated} bytes allocated");
        }

        if (time >= MostTime)
        {
            Fail($"{time} for a MiB");
        }

        return (allocated, time);

        // The file is kept, to look at.
        void Fail(string what)
        {
            var path = Path.Combine(Path.GetTempPath(), $"linuxkit-fuzz-{Guid.NewGuid():N}");
            File.WriteAllBytes(path, image);
            Assert.Fail($"{name}, round {round}: {what} ({path})");
        }
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

    // They are all made before the first is damaged: a run that is killed leaves nothing.
    private static List<(string Name, byte[] Image)> Seeds()
    {
        using var folder = new TemporaryFolder();
        return [.. Seeds(folder)];
    }

    private static IEnumerable<(string Name, byte[] Image)> Seeds(TemporaryFolder folder)
    {
        yield return ("iso-efi", TestImage.EfiIso());
        yield return ("iso-bios", TestImage.BiosIso());
        yield return ("raw-efi", TestImage.UnifiedDisk());
        yield return ("raw-bios", TestImage.BiosDisk());
        File.WriteAllBytes(folder["disk.img"], TestImage.EfiDisk());
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
            QemuImg.Convert(folder["disk.img"], folder["image"], format, options);
            yield return (name, File.ReadAllBytes(folder["image"]));
        }

        yield return ("gzipped tar", GzipTar.Of(TestImage.BiosDisk()));
        Directory.CreateDirectory(folder["tree/syslinux"]);
        File.WriteAllText(folder["tree/syslinux/syslinux.cfg"], "LABEL a\n APPEND console=ttyS0\n");
        foreach (var names in new[] { "-R", "-J" })
        {
            OtherProgram.Run("xorriso", "-as", "mkisofs", "-quiet", names, "-b", "syslinux/syslinux.cfg", "-no-emul-boot", "-o", folder["iso" + names], folder["tree"]);
            yield return ($"iso with {names}", File.ReadAllBytes(folder["iso" + names]));
        }

        using (var file = File.Create(folder["ext4"]))
        {
            file.SetLength(2 << 20);
        }

        OtherProgram.Run("/sbin/mke2fs", "-q", "-F", "-text4", "-d", folder["tree"], folder["ext4"]);
        yield return ("ext4", DiskBuilder.Mbr(File.ReadAllBytes(folder["ext4"])));
    }
}
