using System;
using System.IO;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

/// <summary>Which metadata image goes with a VM.</summary>
public sealed class OwnMetadataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _image;

    public OwnMetadataTests()
    {
        _image = _folder["web-metadata.iso"];
        File.WriteAllText(_image, "metadata");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheOneThatWasMadeForItAndIsInIt() => Assert.Equal(_image, Own(Mark(), _image));

    [Fact]
    public void NoneThatIsInNoDriveOfIt()
    {
        Assert.Null(Own(Mark(), _image + "2"));
        Assert.Null(Own(Mark()));
    }

    [Fact]
    public void NoneThatTheUserGave() => Assert.Null(Own(Mark() with { OwnsMetadata = false }, _image));

    [Fact]
    public void NoneWithOtherContent()
    {
        var mark = Mark();
        File.WriteAllText(_image, "other data");
        Assert.Null(Own(mark, _image));
    }

    [Fact]
    public void NoneThatIsNotThere() => Assert.Null(Own(Mark() with { Metadata = _image + "2" }, _image + "2"));

    [Fact]
    public void NoneOfAnotherHostThoughThisComputerHasTheSame() => Assert.Null(Own(Mark(), "elsewhere", [_image]));

    private static string? Own(OwnershipMark mark, params string[] inDrives) => Own(mark, ".", inDrives);

    private static string? Own(OwnershipMark mark, string host, string[] inDrives) => OwnDvd.Metadata(LinuxKitMachine.From(FakeObject.Of(
        ("Name", "web"),
        ("Id", Guid.NewGuid()),
        ("ComputerName", host),
        ("Notes", mark.ToString()),
        ("DVDDrives", Array.ConvertAll(inDrives, path => FakeObject.Of(("Path", path))))))!, _ => { });

    private OwnershipMark Mark() => new() { Image = "web.iso", Metadata = _image, OwnsMetadata = true, Made = [FileIdentity.OfContent(_image)] };
}
