using System;
using System.IO;
using System.Linq;
using System.Threading;
using HyperV.Qemu.Engine;
using Xunit;

namespace HyperV.Qemu.Tests.Engine;

public sealed class TpmTests : IDisposable
{
    /// <summary>Why the tests of it are skipped.</summary>
    public const string Missing = "swtpm is not installed.";

    private readonly TestMachine _machine = new();

    public TpmTests()
        => _machine.Hardware = _machine.Hardware with { Firmware = _machine.Hardware.Firmware with { Tpm = true } };

    /// <summary>Whether there is a program to be one.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, TpmProcess.Name)));

    private string State => Path.Combine(_machine.RuntimeFolder, "tpm2-00.permall");

    public void Dispose() => _machine.Dispose();

    [Fact(Skip = Missing, SkipUnless = nameof(IsInstalled))]
    public void TheFirmwareFindsItAndItEndsWithTheMachine()
    {
        _machine.Boot().Dispose();
        Assert.True(new FileInfo(State).Length > 0);
        TestMachine.Engine.TurnOff(_machine.RuntimeFolder);
        Assert.Empty(MachineProcess.FindAll(new RuntimeFolder(_machine.RuntimeFolder)));

        // What it keeps stays, and it goes on from there.
        Assert.True(File.Exists(State));
        _machine.Boot().Dispose();
    }

    [Fact(Skip = Missing, SkipUnless = nameof(IsInstalled))]
    public void ItIsSavedWithTheMachine()
    {
        _machine.Boot().Dispose();
        TestMachine.Engine.Save(_machine.RuntimeFolder);
        Assert.Empty(MachineProcess.FindAll(new RuntimeFolder(_machine.RuntimeFolder)));
        TestMachine.Engine.Restore(_machine.Hardware, _machine.RuntimeFolder, CancellationToken.None);
        using var console = _machine.OpenConsole();
        TestMachine.Write(console, "on");
        Assert.Equal("on", TestMachine.Read(console, 2));
    }

    [Fact(Skip = Missing, SkipUnless = nameof(IsInstalled))]
    public void ItIsEndedWhereTheMachineDoesNotStart()
    {
        _machine.Hardware = _machine.Hardware with { Drives = [_machine.Hardware.Drives[0] with { Path = Path.Combine(_machine.Folder, "no.img") }] };
        File.WriteAllText(_machine.Hardware.Drives[0].Path!, "no disk");
        Assert.Throws<EngineException>(_machine.Start);
        Assert.Empty(MachineProcess.FindAll(new RuntimeFolder(_machine.RuntimeFolder)));
    }

    [Fact]
    public void WhereItIsNotInstalledTheStartSaysSo()
    {
        _machine.Hardware = _machine.Hardware with { ComPorts = [null, null] };
        var path = Environment.GetEnvironmentVariable("PATH");
        var qemu = QemuPlatform.Detect().Program;
        File.CreateSymbolicLink(Path.Combine(_machine.Folder, Path.GetFileName(qemu)), qemu);
        Environment.SetEnvironmentVariable("PATH", _machine.Folder);
        try
        {
            Assert.Equal(TpmProcess.Name, Assert.Throws<EngineException>(_machine.Start).Path);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }

        Assert.Empty(MachineProcess.FindAll(new RuntimeFolder(_machine.RuntimeFolder)));
    }
}
