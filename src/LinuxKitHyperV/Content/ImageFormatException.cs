using System;

namespace LinuxKitHyperV.Content;

/// <summary>What is wrong with an image.</summary>
internal enum ImageFault
{
    /// <summary>It contradicts its format.</summary>
    Damaged,

    /// <summary>It ends too early.</summary>
    Truncated,

    /// <summary>It uses a part of its format that cannot be read here.</summary>
    NotSupported,

    /// <summary>It is of no format that is known here.</summary>
    NotRecognized,

    /// <summary>The file cannot be read.</summary>
    NotReadable,

    /// <summary>More of it would have to be read than is allowed.</summary>
    OutOfReach,
}

/// <summary>An image cannot be read.</summary>
internal sealed class ImageFormatException : Exception
{
    /// <summary>Says why.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <param name="reason">A sentence for the user.</param>
    public ImageFormatException(ImageFault fault, string reason)
        : base(reason)
    {
        Fault = fault;
    }

    /// <summary>What is wrong.</summary>
    public ImageFault Fault { get; }

    /// <summary>The image contradicts its format.</summary>
    public static ImageFormatException Damaged(string reason) => new(ImageFault.Damaged, reason);

    /// <summary>The image ends too early.</summary>
    public static ImageFormatException Truncated(string reason) => new(ImageFault.Truncated, reason);

    /// <summary>The image cannot be read here.</summary>
    public static ImageFormatException NotSupported(string reason) => new(ImageFault.NotSupported, reason);
}
