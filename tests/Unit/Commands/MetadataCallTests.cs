using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Metadata;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>What of metadata only the calls to Hyper-V show.</summary>
public sealed class MetadataCallTests : HostedTests
{
    private const string Secret = "correct-horse-battery";

    [Fact]
    public void WaitsUntilTheOldImageIsEjected()
    {
        var old = Module.RunWell("(New-LinuxKitVM ./web-efi.iso -Metadata old).Metadata").Single().ToString();
        var looks = 0;
        Module.Recording.Before = (_, call) =>
        {
            // The first looks find the drive as it was.
            if (call.Command == HyperVCommand.GetVMDvdDrive)
            {
                looks++;
                Module.Recording.Instead = looks > 2 ? null : new HyperVResult([Drive(old)], []);
            }
        };
        Module.RunWell("Start-LinuxKitVM -Name web -Metadata new");
        Assert.Equal(3, looks);

        static PSObject Drive(string path)
        {
            var drive = new PSObject();
            drive.Properties.Add(new PSNoteProperty("Path", path));
            return drive;
        }
    }

    [Fact]
    public void TheDriveIsFoundByWhateverNameTheImageHasInIt()
    {
        var old = Module.RunWell("(New-LinuxKitVM ./web-efi.iso -Metadata old).Metadata").Single().ToString();
        Directory.CreateSymbolicLink(Module["alias"], Module["."]);
        Module.RunWell($"Get-VMDvdDrive web | Where-Object Path -like *metadata* | Set-VMDvdDrive -Path ./alias/{Path.GetFileName(old)}; $null = Start-LinuxKitVM -Name web -Metadata new");
        Assert.Equal(2, Module.RunWell("Get-VMDvdDrive web").Count);
    }

    [Fact]
    public void TheSecretIsInNoCallAndNoStep()
    {
        Module.RunWell("param($secret) $null = New-LinuxKitVM ./web-efi.iso -Metadata @{ 'key:0600' = $secret }; $null = Start-LinuxKitVM -Name web -Metadata $secret", Secret);
        var values = Module.Recording.Calls.SelectMany(call => call.Parameters).Select(parameter => $"{parameter.Value}").ToList();
        Assert.Contains(values, value => value.Contains("-metadata-", StringComparison.Ordinal));
        Assert.DoesNotContain(values, value => value.Contains(Secret, StringComparison.Ordinal));

        var step = new WriteMetadataStep("m.iso", MetadataVolume.ForLinuxKit(MetadataContent.OfText(Secret)));
        Assert.DoesNotContain(Secret, $"{step} {step.Volume}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-LinuxKitVM ./web-efi.iso -Metadata x -WhatIf")]
    [InlineData("New-LinuxKitMetadata m x -WhatIf")]
    [InlineData("Start-LinuxKitVM -Name old -Metadata y -WhatIf")]
    public void ChangesNothingWithWhatIf(string script)
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name old -Metadata x");
        Module.Recording.Clear();
        Module.RunWell(script);
        Assert.Empty(Module.Recording.Changes);
    }
}
