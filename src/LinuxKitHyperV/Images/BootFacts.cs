using System.Collections.Generic;
using System.Linq;

namespace LinuxKitHyperV.Images;

/// <summary>What is known of how something boots.</summary>
internal sealed record BootFacts
{
    /// <summary>Nothing boots.</summary>
    public static BootFacts None { get; } = new();

    /// <summary>What firmware boots it.</summary>
    public LinuxKitBootMode Mode { get; init; }

    /// <summary>The processors that it is for.</summary>
    public LinuxKitArchitecture Architecture { get; init; }

    /// <summary>What the firmware starts.</summary>
    public string? Bootloader { get; init; }

    /// <summary>The kernel's command line.</summary>
    public string? KernelCommandLine { get; init; }

    /// <summary>Who signed what the firmware starts.</summary>
    public IReadOnlyList<string> Signers { get; init; } = [];

    /// <summary>These facts, completed by those of another way to boot.</summary>
    public BootFacts And(BootFacts other) => other.Mode == LinuxKitBootMode.None ? this : Mode == LinuxKitBootMode.None ? other : new BootFacts
    {
        Mode = Mode | other.Mode,
        Architecture = Architecture == LinuxKitArchitecture.Unknown ? other.Architecture : Architecture,
        Bootloader = string.Join(", ", new[] { Bootloader, other.Bootloader }.OfType<string>().Distinct()) is { Length: > 0 } names ? names : null,
        KernelCommandLine = KernelCommandLine ?? other.KernelCommandLine,
        Signers = Signers.Count > 0 ? Signers : other.Signers,
    };
}
