using System;
using System.Globalization;
using System.IO;

namespace HyperV.Qemu.Engine;

/// <summary>What the system says of a process, in <c>/proc/ID/stat</c>.</summary>
/// <param name="Id">The process id.</param>
/// <param name="Name">The program's name, as far as the system keeps it (15 bytes).</param>
/// <param name="HasEnded">Whether all its threads have ended, and it only waits to be collected.</param>
/// <param name="StartTicks">When it was started, in ticks since the system's own start.</param>
/// <param name="CpuTime">The processor time that it has used.</param>
internal sealed record ProcessStatus(int Id, string Name, bool HasEnded, long StartTicks, TimeSpan CpuTime)
{
    // The fields as proc(5) numbers them, less 3: the first two are cut off.
    private const int State = 0;
    private const int UserTicks = 11;
    private const int SystemTicks = 12;
    private const int Threads = 17;
    private const int StartTime = 19;

    /// <summary>USER_HZ, which is the same on every Linux system that .NET runs on.</summary>
    private const int TicksPerSecond = 100;

    /// <summary>Reads the status of a process; null where there is none.</summary>
    public static ProcessStatus? Read(int id)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{id}/stat");
        }
        catch (IOException)
        {
            return null;
        }

        // The program's name, in parentheses, may hold anything.
        var name = text.IndexOf('(') + 1;
        var nameEnd = text.LastIndexOf(')');
        var fields = text[(nameEnd + 2)..].Split(' ');
        return new ProcessStatus(
            id,
            text[name..nameEnd],
            fields[State] is "Z" or "X" && Number(Threads) <= 1,
            Number(StartTime),
            TimeSpan.FromSeconds((double)(Number(UserTicks) + Number(SystemTicks)) / TicksPerSecond));

        long Number(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);
    }
}
