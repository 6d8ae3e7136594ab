using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>Converting disks to VHDX, against qemu-img on the same files.</summary>
internal static class ConversionBenchmark
{
    private const int Rounds = 5;
    private const double Aim = 1.0;
    private const long Size = 4L << 30;
    private const int Chunk = 64 << 20;
    private const int Chunks = 16;

    public static IEnumerable<Comparison> Run(Workplace workplace)
    {
        using var session = new Session(workplace);
        var raw = workplace["disk.img"];
        MakeDisk(raw, Size, Chunks, Chunk);
        foreach (var format in new[] { "raw", "qcow2", "vmdk" })
        {
            var source = format == "raw" ? raw : workplace["disk." + format];
            if (format != "raw")
            {
                RunProgram("qemu-img", "convert", "-f", "raw", "-O", format, raw, source);
                Flush(source);
            }

            foreach (var isCold in new[] { false, true })
            {
                yield return Compare(session, workplace, $"`ConvertTo-LinuxKitDisk` of a {format} disk of 4 GiB with 1 GiB of data, {(isCold ? "not" : "all")} in the page cache", format, source, isCold, Aim);
            }
        }

        var sparse = workplace["sparse.img"];
        MakeDisk(sparse, 1L << 40, 10, 1 << 20);
        yield return Compare(session, workplace, "`ConvertTo-LinuxKitDisk` of a raw disk of 1 TiB with 10 MiB of data", "raw", sparse, false, null);
    }

    private static Comparison Compare(Session session, Workplace workplace, string title, string format, string source, bool isCold, double? aim)
    {
        var target = workplace["target.vhdx"];
        return Comparison.Run(title + " against `qemu-img convert`", Rounds, () => Measure(Qemu), () => Measure(Ours), aim);

        void Qemu() => RunProgram("qemu-img", "convert", "-f", format, "-O", "vhdx", "-o", "block_size=1M", source, target);

        void Ours() => session.Run($"ConvertTo-LinuxKitDisk '{source}' '{target}'");

        Cost Measure(Action convert)
        {
            File.Delete(target);

            // What the last round left to be written would be written during this one.
            RunProgram("sync");
            if (isCold)
            {
                // Has the system forget the file's pages; with no count of blocks it reads none.
                RunProgram("dd", "if=" + source, "iflag=nocache", "count=0", "status=none");
            }

            var watch = Stopwatch.StartNew();
            convert();
            return new Cost(watch.Elapsed);
        }
    }

    // Pages that are still to be written cannot leave the cache.
    private static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open);
        file.Flush(flushToDisk: true);
    }

    private static void MakeDisk(string path, long size, int chunks, int chunk)
    {
        using var file = new FileStream(path, FileMode.CreateNew);
        file.SetLength(size);
        var bytes = new byte[chunk];
        var random = new Random(1);
        for (var index = 0; index < chunks; index++)
        {
            random.NextBytes(bytes);
            file.Position = size / chunks * index;
            file.Write(bytes);
        }

        file.Flush(flushToDisk: true);
    }

    private static void RunProgram(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
