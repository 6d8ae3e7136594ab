using System.Collections.Generic;
using System.IO;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Requests;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

public sealed class SerialConsoleWarningTests
{
    [Theory]
    [InlineData("console=ttyS0", 0)]
    [InlineData("console=tty0", 1)]
    [InlineData(null, 0)]
    public void WarnsOfAnImageThatSaysNothingOnItsSerialConsole(string? commandLine, int warnings)
    {
        var iso = commandLine is null
            ? IsoBuilder.Build(new() { ["kernel"] = "kernel"u8.ToArray() }, efi: FatBuilder.Build(new() { ["EFI/BOOT/BOOTX64.EFI"] = ProgramBuilder.Build(TestImage.X64, new() { [".text"] = "code"u8.ToArray() }) }))
            : TestImage.EfiIso(commandLine);
        using var folder = new TemporaryFolder();
        var path = folder["web-efi.iso"];
        File.WriteAllBytes(path, iso);
        var image = ImageFile.Inspect(path, new MemoryStream(iso));
        var told = new List<string>();

        MachineBoot.Settle(image, "web", new BootWishes(0, LinuxKitSecureBoot.Off, false, false), MachineFolder.Current(given => given), told.Add);

        Assert.Equal(warnings, told.Count);
        Assert.All(told, warning => Assert.Contains("web-efi.iso' has no console=ttyS0", warning, System.StringComparison.Ordinal));
    }
}
