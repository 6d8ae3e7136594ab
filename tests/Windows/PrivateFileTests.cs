using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using LinuxKitHyperV.Metadata;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Windows.Tests;

/// <summary>Files that are made for their user's and the system's eyes alone.</summary>
[SupportedOSPlatform("windows")]
public sealed class PrivateFileTests : HostedTests
{
    private const int PathNotFound = 3;
    private const int FileExists = 80;

    /// <remarks>A file that is made elevated belongs to the administrators; without elevation its user is none of them.</remarks>
    [Fact]
    public void ItIsTheUsersAndTheSystemsWhoeverOwnsIt()
    {
        PrivateFile.Create(Module["metadata.iso"], file => file.WriteByte(7));

        var security = new FileInfo(Module["metadata.iso"]).GetAccessControl(AccessControlSections.Access);
        var rules = security.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>();
        Assert.Equal(
            new[] { WindowsIdentity.GetCurrent().User!.Value, new SecurityIdentifier(WellKnownSidType.LocalSystemSid, null).Value }.Order(),
            rules.Select(rule => $"{(rule is { AccessControlType: AccessControlType.Allow, FileSystemRights: FileSystemRights.FullControl } ? rule.IdentityReference : rule)}").Order());
    }

    [Fact]
    public void ItsUserReadsAndDeletesIt()
    {
        PrivateFile.Create(Module["metadata.iso"], file => file.WriteByte(7));

        Assert.Equal([7], File.ReadAllBytes(Module["metadata.iso"]));
        File.Delete(Module["metadata.iso"]);
        Assert.False(File.Exists(Module["metadata.iso"]));
    }

    [Fact]
    public void ItIsNeverMadeOverAnother()
    {
        File.WriteAllText(Module["metadata.iso"], "another");

        Assert.Equal(FileExists, ErrorOfMaking(Module["metadata.iso"]));
        Assert.Equal(PathNotFound, ErrorOfMaking(Path.Combine(Module["missing"], "metadata.iso")));
        Assert.Equal("another", File.ReadAllText(Module["metadata.iso"]));
    }

    [Fact]
    public void AMetadataImageGoesWithItsVM()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Metadata secret");
        var metadata = Assert.Single(Directory.GetFiles(Module["."], "web-metadata-*.iso"));

        Module.RunWell("Remove-LinuxKitVM web -Force");

        Assert.Empty(Module.Warnings);
        Assert.False(File.Exists(metadata));
    }

    [Fact]
    public void AMetadataImageThatCannotBeReadStaysAndIsTold()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Metadata secret");
        var metadata = Path.GetFullPath(Assert.Single(Directory.GetFiles(Module["."], "web-metadata-*.iso")));
        using (new FileStream(metadata, FileMode.Open, FileAccess.Read, FileShare.None))
        {
            Module.RunWell("Remove-LinuxKitVM web -Force");
        }

        Assert.StartsWith($"The metadata image '{metadata}' of the VM 'web' stays: it cannot be read,", Assert.Single(Module.Warnings));
        Assert.True(File.Exists(metadata));
    }

    private static int ErrorOfMaking(string path) => Assert.Throws<Win32Exception>(() => PrivateFile.Create(path, _ => { })).NativeErrorCode;
}
