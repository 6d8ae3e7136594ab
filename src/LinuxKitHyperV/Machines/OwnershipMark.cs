using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;

namespace LinuxKitHyperV.Machines;

/// <summary>What this module writes into a VM's Notes, and by which it knows its own VMs: one line, below the user's own notes.</summary>
[DataContract]
internal sealed record OwnershipMark
{
    /// <summary>Longer lines are not read: Notes are anybody's to write.</summary>
    public const int MaximumLength = 64 * 1024;

    private const string Prefix = "[LinuxKitHyperV] ";

    // It resolves no type by name from its input: the object graph is these members.
    private static readonly DataContractJsonSerializer Serializer = new(typeof(OwnershipMark));

    /// <summary>A fresh id, made before the VM is.</summary>
    [DataMember(Name = "id", Order = 0)]
    public Guid Id { get; init; }

    /// <summary>The image that the VM boots.</summary>
    [DataMember(Name = "image", Order = 1)]
    public string Image { get; init; } = string.Empty;

    /// <summary>The data disks that were made for the VM; they outlive it unless the user says otherwise.</summary>
    [DataMember(Name = "disks", Order = 2)]
    public string[] Disks { get; init; } = [];

    /// <summary>The metadata image in the VM's second DVD drive; null where it has none.</summary>
    [DataMember(Name = "metadata", Order = 3, EmitDefaultValue = false)]
    public string? Metadata { get; init; }

    /// <summary>Whether that image was made for the VM, and goes with it.</summary>
    [DataMember(Name = "ownsMetadata", Order = 4, EmitDefaultValue = false)]
    public bool OwnsMetadata { get; init; }

    /// <summary>The disk that the VM boots, where it was made of the image: it goes with the VM.</summary>
    [DataMember(Name = "bootDisk", Order = 5, EmitDefaultValue = false)]
    public string? BootDisk { get; init; }

    /// <summary>What the files that were made for the VM are known by: <see cref="FileIdentity"/>.</summary>
    [DataMember(Name = "made", Order = 6)]
    public string[] Made { get; init; } = [];

    /// <summary>The DVD that the VM boots, where it is a copy of the image: it goes with the VM.</summary>
    [DataMember(Name = "bootDvd", Order = 7, EmitDefaultValue = false)]
    public string? BootDvd { get; init; }

    /// <summary>The folder that was made for its files, and that goes with the last of them; null where there is none.</summary>
    [DataMember(Name = "folder", Order = 8, EmitDefaultValue = false)]
    public string? Folder { get; init; }

    /// <summary>The mark in a VM's notes, or null where there is none that can be read.</summary>
    public static OwnershipMark? Read(string? notes)
    {
        var line = Lines(notes).LastOrDefault(IsMark);
        if (line is null || line.Length > MaximumLength)
        {
            return null;
        }

        try
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(line.Substring(Prefix.Length)));
            return Serializer.ReadObject(stream) is OwnershipMark { Image: not null, Disks: not null } mark && !mark.Disks.Contains(null)
                ? mark with { Made = mark.Made ?? [] }
                : null;
        }
        catch (Exception exception) when (exception is SerializationException or XmlException or FormatException or IndexOutOfRangeException)
        {
            // A damaged mark is no mark: nothing is done to a VM that is not certainly ours. The last is how .NET's reader fails at some.
            return null;
        }
    }

    /// <summary>Notes with this mark: what the user wrote stays, an older mark goes.</summary>
    public string WriteTo(string? notes) => string.Join("\n", [.. Lines(notes).Where(line => !IsMark(line)), ToString()]);

    /// <summary>The mark's line.</summary>
    public override string ToString()
    {
        using var stream = new MemoryStream();
        Serializer.WriteObject(stream, this);
        return Prefix + Encoding.UTF8.GetString(stream.ToArray());
    }

    private static bool IsMark(string line) => line.StartsWith(Prefix, StringComparison.Ordinal);

    private static IEnumerable<string> Lines(string? notes) =>
        string.IsNullOrEmpty(notes) ? [] : notes!.Replace("\r\n", "\n").Split('\n');
}
