using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Requests;

/// <summary>The images and the names that were given for new VMs, as they were given.</summary>
/// <param name="Patterns">Paths with wildcards.</param>
/// <param name="Paths">Paths as they stand.</param>
/// <param name="Names">The names of -Name.</param>
/// <param name="RowName">The name that a row of the pipeline has for its image; null for none.</param>
internal sealed record ImageRequest(IReadOnlyList<string> Patterns, IReadOnlyList<string> Paths, IReadOnlyList<string> Names, string? RowName)
{
    /// <summary>What else could have been given than an image, for the remedies of errors.</summary>
    public required string OtherWays { get; init; }

    /// <summary>Whether -Name has named VMs already: images may come one by one, from the pipeline.</summary>
    public required bool HasNamed { get; init; }

    /// <summary>Settles which VMs are to be made: an image and a name each.</summary>
    /// <exception cref="LinuxKitException">NameForSeveralImages, or an image that is not there.</exception>
    public IReadOnlyList<(string Image, string Name)> Settle(HyperVHost host, PathIntrinsics location)
    {
        var images = Images(host, location);
        if (Names.Count == 0)
        {
            return RowName is { Length: > 0 } name && images.Count == 1
                ? [(images[0], name)]
                : [.. images.Select(image => (image, MachineName.FromImage(image)))];
        }

        return images.Count == 1 && !HasNamed
            ? [.. Names.Select(name => (images[0], name))]
            : throw new LinuxKitException(
                "NameForSeveralImages",
                FailureKind.InvalidArgument,
                "-Name goes with one image, and several were given.",
                Names.ToArray(),
                "Leave -Name out to name each VM after its image, or give one image.");
    }

    // A remote host's files are its own: they are named as they are there, and not looked at.
    private List<string> Images(HyperVHost host, PathIntrinsics location) => host.IsLocal
        ? [.. Patterns.SelectMany(path => ImagePaths.Resolve(location, path, OtherWays)), .. Paths.Select(path => ImagePaths.ResolveLiteral(location, path, OtherWays))]
        : [.. Patterns, .. Paths];
}
