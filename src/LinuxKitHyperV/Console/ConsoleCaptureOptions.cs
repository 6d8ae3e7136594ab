using System;

namespace LinuxKitHyperV.Console;

/// <summary>Which console is captured, for whom, and what is kept of it.</summary>
internal sealed record ConsoleCaptureOptions
{
    /// <summary>How many bytes are kept by default: 16 MiB.</summary>
    public const int DefaultBufferBytes = 16 * 1024 * 1024;

    /// <summary>Gets the computer on which the VM is: "." for this one.</summary>
    public string Host { get; init; } = ".";

    /// <summary>Gets the VM's id.</summary>
    public required Guid VMId { get; init; }

    /// <summary>Gets the VM's name, for people.</summary>
    public required string VMName { get; init; }

    /// <summary>Gets the path of the COM port's pipe.</summary>
    public required string PipePath { get; init; }

    /// <summary>Gets the id of the runspace to which the capture belongs.</summary>
    public Guid OwnerId { get; init; }

    /// <summary>Gets how many of the newest bytes are kept.</summary>
    public int BufferBytes { get; init; } = DefaultBufferBytes;

    /// <summary>Gets the log file; null for none.</summary>
    public ConsoleLogOptions? Log { get; init; }
}
