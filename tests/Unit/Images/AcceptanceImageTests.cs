using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Tests.Conventions;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>The images that the acceptance tests unpack, since they have no builders: each is what a builder makes.</summary>
public sealed class AcceptanceImageTests
{
    /// <summary>The environment variable that makes the test write the images instead of comparing them.</summary>
    private const string WriteVariable = "LINUXKIT_TESTS_WRITE_IMAGES";

    private const string Signed = "signed-efi.iso";

    private static readonly Dictionary<string, Func<byte[]>> Images = new()
    {
        ["linuxkit-efi.iso"] = () => TestImage.EfiIso(),
        ["linuxkit-efi.img"] = () => TestImage.EfiDisk(),
        ["linuxkit-bios.img"] = () => TestImage.BiosDisk(),
        ["linuxkit.iso"] = () => TestImage.BiosIso(),
        ["both.iso"] = () => IsoBuilder.Build([], efi: Loader(), bios: "isolinux"u8.ToArray()),
        ["arm64-efi.iso"] = () => TestImage.EfiIso(machine: TestImage.Arm64),
        ["quiet-efi.iso"] = () => TestImage.EfiIso("console=tty0"),
        [Signed] = () => IsoBuilder.Build([], efi: Loader(CertificateTable.SignedBy("The Signer"))),
    };

    private static string Folder => Path.Combine(BuiltModule.Repository, "tests", "Pester", "images");

    public static TheoryData<string> Names => [.. Images.Keys];

    [Fact]
    public void EachImageHasABuilder() =>
        Assert.Equal(Images.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void AnImageIsWhatItsBuilderMakes(string name)
    {
        var built = Images[name]();
        var path = Path.Combine(Folder, name + ".gz");
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            using var file = File.Create(path);
            using var deflated = new GZipStream(file, CompressionLevel.SmallestSize);
            deflated.Write(built);
        }

        var kept = Unpacked(path);
        if (name == Signed)
        {
            // No two signatures are the same.
            Assert.Equal("The Signer", ImageFile.Inspect(name, new MemoryStream(kept)).SecureBoot);
            return;
        }

        Assert.Equal(built, kept);
    }

    private static byte[] Unpacked(string path)
    {
        using var file = File.OpenRead(path);
        using var inflated = new GZipStream(file, CompressionMode.Decompress);
        using var content = new MemoryStream();
        inflated.CopyTo(content);
        return content.ToArray();
    }

    private static byte[] Loader(byte[]? certificates = null) =>
        FatBuilder.Build(new() { ["EFI/BOOT/BOOTX64.EFI"] = ProgramBuilder.Build(TestImage.X64, [], certificates) });
}
