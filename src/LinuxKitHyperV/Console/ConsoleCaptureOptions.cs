using System;

namespace LinuxKitHyperV.Console;

/// <summary>Which console is captured, for whom, and what is kept of it.</summary>
internal sealed record ConsoleCaptureOptions
{
    /// <summary>How many bytes are kept by default: 16 MiB.</summary>
    public const int DefaultBufferBytes = 16 * 1024 * 1024;

    /// <summary>The computer on which the VM is: "." for this one.</summary>
    public string Host { get; init; } = ".";

    /// <summary>The VM's id.</summary>
    public required Guid VMId { get; init; }

    /// <summary>The VM's name, for people.</summary>
    public required string VMName { get; init; }

    /// <summary>The path of the COM port's pipe.</summary>
    public required string PipePath { get; init; }

    /// <summary>The id of the runspace to which the capture belongs.</summary>
    public Guid OwnerId { get; init; }

    /// <summary>How many of the newest bytes are kept.</summary>
    public int BufferBytes { get; init; } = DefaultBufferBytes;

    /// <summary>The log file; null for none.</summary>
    public ConsoleLogOptions? Log { get; init; }
}

/// <summary>Where a console is logged, and how.</summary>
internal sealed record ConsoleLogOptions
{
    /// <summary>The file's full path.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the bytes are logged as they come; else without what would control a terminal.</summary>
    public bool IsRaw { get; init; }

    /// <summary>Whether an existing file is written on; else it is replaced.</summary>
    public bool Append { get; init; }

    /// <summary>The size at which the file is renamed to FILE.1 and a new one begun; 0 for never.</summary>
    public long RotateAtBytes { get; init; }

    /// <summary>How many renamed files are kept: FILE.1 is the newest.</summary>
    public int RotatedFiles { get; init; } = 5;
}
