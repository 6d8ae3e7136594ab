using System;
using System.IO;
using System.Linq;
using System.Text;

namespace LinuxKitHyperV.Machines;

/// <summary>The name that a VM gets from its image's file name.</summary>
internal static class MachineName
{
    /// <summary>The prefix of temporary names: it marks a VM that was never finished.</summary>
    public const string UnfinishedPrefix = "LinuxKitHyperV-unfinished-";

    private const int MaximumLength = 100;

    // With what stands in front of it, a name stays as short as Hyper-V Manager has them: 100 characters.
    private const int MaximumNameInUnfinished = 40;

    // Longest first: what "linuxkit build" appends to the name of an image.
    private static readonly string[] FileSuffixes =
    [
        ".img.tar.gz", ".tar.gz", ".qcow2", ".vhdx", ".vmdk", ".vhd", ".iso", ".img", ".raw",
    ];

    private static readonly string[] LayoutSuffixes = ["-efi-initrd", "-efi", "-bios"];

    /// <summary>Refuses a name that no new VM shall have.</summary>
    /// <remarks>Brackets are allowed: a VM that is called exactly what was given is found, whatever that matches as a pattern.</remarks>
    /// <exception cref="LinuxKitException">InvalidVMName.</exception>
    public static void Check(string name)
    {
        if (Fault(name) is { } fault)
        {
            throw new LinuxKitException(
                "InvalidVMName",
                FailureKind.InvalidArgument,
                $"'{Printable(name)}' cannot be the name of a VM: it {fault}.",
                name,
                $"Give a name with -Name that is not blank, has {MaximumLength} characters at most, no control character, and neither * nor ?.");
        }
    }

    /// <summary>"linuxkit" for "linuxkit-efi.iso".</summary>
    public static string FromImage(string imagePath)
    {
        var name = WithoutSuffix(WithoutFileSuffix(imagePath), LayoutSuffixes);
        return name.Length == 0 ? Path.GetFileName(imagePath) : name;
    }

    /// <summary>"linuxkit-efi" for "linuxkit-efi.iso".</summary>
    public static string WithoutFileSuffix(string imagePath) => WithoutSuffix(Path.GetFileName(imagePath), FileSuffixes);

    /// <summary>A VM's temporary name, which says its final one.</summary>
    public static string Unfinished(Guid id, string name) => $"{UnfinishedPrefix}{id:N}-{Shortened(name)}";

    /// <summary>Whether a VM is being made, or its making was cut short, that shall have a name.</summary>
    public static bool IsUnfinished(string machineName, string name) =>
        IsUnfinished(machineName) && machineName.EndsWith("-" + Shortened(name), StringComparison.OrdinalIgnoreCase) &&
        machineName.Length == Unfinished(Guid.Empty, name).Length;

    /// <summary>Whether a VM has the name of one whose making was cut short.</summary>
    public static bool IsUnfinished(string name) => name.StartsWith(UnfinishedPrefix, StringComparison.Ordinal);

    private static string? Fault(string name) =>
        string.IsNullOrWhiteSpace(name) ? "is blank"
        : name.Any(char.IsControl) ? "has a control character"
        : name.IndexOfAny(['*', '?']) >= 0 ? "has a wildcard, which -Name would take for other VMs too"
        : name.StartsWith(UnfinishedPrefix, StringComparison.OrdinalIgnoreCase) ? $"begins with {UnfinishedPrefix}, which marks a VM that is not finished"
        : name.Length > MaximumLength ? $"has more than {MaximumLength} characters, which Hyper-V Manager does not show"
        : null;

    // A terminal obeys control characters, also those in an error.
    private static string Printable(string name) => new([.. name.Select(character => char.IsControl(character) ? '\uFFFD' : character)]);

    private static string Shortened(string name)
    {
        if (name.Length <= MaximumNameInUnfinished)
        {
            return name;
        }

        var hash = Digest.Of(Encoding.Unicode.GetBytes(name.ToUpperInvariant()), 8);

        // A character of two halves is not cut.
        var length = MaximumNameInUnfinished - 17;
        return $"{name.Substring(0, char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)}-{hash}";
    }

    private static string WithoutSuffix(string name, string[] suffixes)
    {
        foreach (var suffix in suffixes)
        {
            if (name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return name.Substring(0, name.Length - suffix.Length);
            }
        }

        return name;
    }
}
