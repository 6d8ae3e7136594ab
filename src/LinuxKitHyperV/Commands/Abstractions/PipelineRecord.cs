namespace LinuxKitHyperV.Commands;

/// <summary>
/// What one record of the pipeline gives a cmdlet that makes VMs. Where an argument is the image, the records are its disks,
/// all of one VM; else each of them names an image.
/// </summary>
/// <param name="Item">The object; null where there is none.</param>
/// <param name="IsImageArgument">Whether an argument is the image.</param>
/// <param name="HasDisks">Whether the object is a row of a table that has disks of its own.</param>
internal sealed record PipelineRecord(PipelineItem? Item, bool IsImageArgument, bool HasDisks)
{
    /// <summary>Whether it is a disk for the image that is an argument.</summary>
    public bool IsDisk => IsImageArgument && Item is { IsDisk: true } && !HasDisks;

    /// <summary>The file of the image that it names; null where it names none.</summary>
    public string? ImagePath => !IsImageArgument && Item is { FilePath: { Length: > 0 } path } ? path : null;

    /// <summary>Whether no VM can be made of it.</summary>
    public bool IsRefused => Item is not null && !IsDisk && !HasDisks && ImagePath is null;
}
