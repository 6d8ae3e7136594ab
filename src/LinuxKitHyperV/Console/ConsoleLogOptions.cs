namespace LinuxKitHyperV.Console;

/// <summary>Where a console is logged, and how.</summary>
internal sealed record ConsoleLogOptions
{
    /// <summary>Gets the file's full path.</summary>
    public required string Path { get; init; }

    /// <summary>Gets whether the bytes are logged as they come; else without what would control a terminal.</summary>
    public bool IsRaw { get; init; }

    /// <summary>Gets whether an existing file is written on; else it is replaced.</summary>
    public bool Append { get; init; }

    /// <summary>Gets the size at which the file is renamed to FILE.1 and a new one begun; 0 for never.</summary>
    public long RotateAtBytes { get; init; }

    /// <summary>Gets how many renamed files are kept: FILE.1 is the newest.</summary>
    public int RotatedFiles { get; init; } = 5;
}
