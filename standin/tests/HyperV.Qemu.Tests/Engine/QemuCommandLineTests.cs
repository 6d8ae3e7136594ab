using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HyperV.Qemu.Disks;
using HyperV.Qemu.Engine;
using HyperV.Qemu.Testing;
using Xunit;

namespace HyperV.Qemu.Tests.Engine;

public sealed class QemuCommandLineTests : IDisposable
{
    private static readonly RuntimeFolder Folder = new("/run/vm");

    private static readonly Guid UefiCertificateAuthority = new("272e7447-90a4-4563-a4b9-8e4ab00526ce");

    private static readonly QemuPlatform Platform = new("/usr/bin/qemu-system-x86_64", HasKvm: false, "/firmware", LogsSerialPorts: false);

    private static readonly MachineHardware Hardware = new(
        new Guid("11111111-2222-3333-4444-555555555555"),
        "web, \"one\"",
        Generation: 2,
        MemoryBytes: 1L << 30,
        ProcessorCount: 2,
        [],
        [],
        [null, null],
        new FirmwareHardware(["elsewhere"], SecureBootTemplate: null, ConsoleOnComPort: 0, Tpm: false));

    private readonly string _folder = Directory.CreateTempSubdirectory("engine-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ANameCannotAddOptions() => AssertOption("-name", "guest=web,, \"one\"", Hardware);

    [Fact]
    public void Generation2HasUefiFirmwareWithVariablesOfItsOwn()
    {
        AssertOption("-machine", "q35,smm=off,pflash0=firmware,pflash1=variables", Hardware);
        AssertOption("-blockdev", """{"driver":"raw","node-name":"firmware","read-only":true,"file":{"driver":"file","filename":"/firmware/OVMF_CODE_4M.fd"}}""", Hardware);
        AssertOption("-blockdev", """{"driver":"raw","node-name":"variables","read-only":false,"file":{"driver":"file","filename":"/run/vm/firmware-variables.none.fd"}}""", Hardware);
    }

    [Fact]
    public void SecureBootGuardsTheVariables()
    {
        var secure = Hardware with { Firmware = Hardware.Firmware with { SecureBootTemplate = UefiCertificateAuthority } };
        AssertOption("-machine", "q35,smm=on,pflash0=firmware,pflash1=variables", secure);
        AssertOption("-global", "driver=cfi.pflash01,property=secure,value=on", secure);
        AssertOption("-blockdev", """{"driver":"raw","node-name":"firmware","read-only":true,"file":{"driver":"file","filename":"/firmware/OVMF_CODE_4M.ms.fd"}}""", secure);
    }

    [Fact]
    public void Generation1HasABios()
    {
        var old = Hardware with { Generation = 1 };
        AssertOption("-machine", "pc", old);
        Assert.DoesNotContain("-blockdev", Build(old));
    }

    [Fact]
    public void DrivesAreWhereHyperVPutsThem()
    {
        var drives = Hardware with
        {
            Drives =
            [
                new DriveHardware("far", IsDvd: false, DriveController.Scsi, 1, 63, "/disks/a,b.VHD"),
                new DriveHardware("boot", IsDvd: true, DriveController.Scsi, 0, 1, "/boot.iso"),
                new DriveHardware("empty", IsDvd: true, DriveController.Scsi, 0, 8, null),
                new DriveHardware("first", IsDvd: false, DriveController.Scsi, 0, 0, "/first.vhdx"),
            ],
            Firmware = Hardware.Firmware with { BootOrder = ["boot", "first"] },
        };
        Assert.Equal(
            [
                "VGA",
                "virtio-scsi-pci,id=scsi0",
                "virtio-scsi-pci,id=scsi1",
                "scsi-hd,bus=scsi0.0,scsi-id=0,lun=0,drive=medium-scsi0-0,id=scsi0-0,bootindex=1",
                "scsi-cd,bus=scsi0.0,scsi-id=0,lun=1,drive=medium-scsi0-1,id=scsi0-1,bootindex=0",
                "scsi-cd,bus=scsi0.0,scsi-id=1,lun=0,id=scsi0-8",
                "scsi-hd,bus=scsi1.0,scsi-id=7,lun=7,drive=medium-scsi1-63,id=scsi1-63",
            ],
            Options("-device", drives));
        AssertOption("-blockdev", """{"driver":"vhdx","node-name":"medium-scsi0-0","read-only":false,"file":{"driver":"file","filename":"/first.vhdx"}}""", drives);
        AssertOption("-blockdev", """{"driver":"vpc","node-name":"medium-scsi1-63","read-only":false,"file":{"driver":"file","filename":"/disks/a,b.VHD"}}""", drives);
        AssertOption("-blockdev", """{"driver":"raw","node-name":"medium-scsi0-1","read-only":true,"file":{"driver":"file","filename":"/boot.iso"}}""", drives);
    }

    [Fact]
    public void Generation1HasIdeDrives()
    {
        var old = Hardware with
        {
            Generation = 1,
            Drives = [new DriveHardware("cd", IsDvd: true, DriveController.Ide, 1, 0, null), new DriveHardware("hd", IsDvd: false, DriveController.Ide, 0, 1, "/d.vhd")],
        };
        Assert.Equal(["VGA", "ide-hd,bus=ide.0,unit=1,drive=medium-ide0-1,id=ide0-1", "ide-cd,bus=ide.1,unit=0,id=ide1-0"], Options("-device", old));
    }

    [Fact]
    public void ADifferencingDiskIsWhatItHoldsNotWhatItIsCalled()
    {
        var parent = Path.Combine(_folder, "parent.vhd");
        var path = Path.Combine(_folder, "child.avhd");
        TinyGuest.WriteDisk(parent);
        Overlay.Create(path, parent);
        var drives = Hardware with { Drives = [new DriveHardware("d", IsDvd: false, DriveController.Scsi, 0, 0, path)] };
        Assert.Contains("\"driver\":\"qcow2\"", Options("-blockdev", drives).Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptyBootOrderBootsNothing()
    {
        var nothing = Hardware with { Firmware = Hardware.Firmware with { BootOrder = [] } };
        Assert.Equal(["VGA", "virtio-scsi-pci,id=nothing", "scsi-cd,bus=nothing.0,bootindex=0"], Options("-device", nothing));
    }

    [Fact]
    public void AControllerIsThereBeforeItsDrivesAre()
        => Assert.Equal(["VGA", "virtio-scsi-pci,id=scsi0", "virtio-scsi-pci,id=scsi1"], Options("-device", Hardware with { ScsiControllerCount = 2 }));

    [Fact]
    public void ATPMIsAProcessOfItsOwn()
    {
        var protectedMachine = Hardware with { Firmware = Hardware.Firmware with { Tpm = true } };
        AssertOption("-chardev", "socket,id=tpm,path=/run/vm/tpm.socket", protectedMachine);
        AssertOption("-tpmdev", "emulator,id=tpm,chardev=tpm", protectedMachine);
        AssertOption("-device", "tpm-tis,tpmdev=tpm", protectedMachine);
    }

    [Fact]
    public void ADiskIsAVhdOrAVhdx()
    {
        var raw = Hardware with { Drives = [new DriveHardware("d", IsDvd: false, DriveController.Scsi, 0, 0, "/disk.img")] };
        Assert.Equal("/disk.img", Assert.Throws<EngineException>(() => Build(raw)).Path);
    }

    [Fact]
    public void AdaptersKeepToTheirSwitches()
    {
        var connected = Hardware with
        {
            Adapters =
            [
                new AdapterHardware("a", "00155D010203", "Default Switch"),
                new AdapterHardware("b", "00155D010204", "Private", OnPrivateSwitch: true),
                new AdapterHardware("c", "00155D010205", null),
            ],
            Firmware = Hardware.Firmware with { BootOrder = ["a"] },
        };
        Assert.Equal(
            [
                "hubport,id=cable0,hubid=0",
                "user,id=network0,restrict=off",
                "hubport,id=uplink0,hubid=0,netdev=network0",
                "hubport,id=cable1,hubid=1",
                "user,id=network1,restrict=on",
                "hubport,id=uplink1,hubid=1,netdev=network1",
                "hubport,id=cable2,hubid=2",
            ],
            Options("-netdev", connected));
        Assert.Equal(
            [
                "VGA",
                "virtio-net-pci,id=adapter0,netdev=cable0,mac=00:15:5D:01:02:03,romfile=,bootindex=0",
                "virtio-net-pci,id=adapter1,netdev=cable1,mac=00:15:5D:01:02:04,romfile=",
                "virtio-net-pci,id=adapter2,netdev=cable2,mac=00:15:5D:01:02:05,romfile=",
            ],
            Options("-device", connected));
    }

    [Fact]
    public void Com2StaysCom2WhereThereIsNoCom1()
    {
        Assert.Equal(["VGA"], Options("-device", Hardware));
        Assert.Empty(Options("-chardev", Hardware));

        var second = Build(Hardware with { ComPorts = [null, "pipe"] });
        Assert.Equal(["VGA", "isa-serial,index=1,chardev=com2"], Options("-device", second));
        Assert.Equal(["socket,id=com2,path=/run/vm/com2.socket,server=on,wait=off"], Options("-chardev", second));
    }

    [Fact]
    public void SocketsHaveTheShortNameAndFilesTheLongOne()
    {
        var line = QemuCommandLine.Build(
            Hardware with { ComPorts = ["pipe", null] },
            Platform,
            Folder,
            new RuntimeFolder("/s,t"));
        Assert.Equal(["unix:/s,,t/control.socket,server=on,wait=off", "unix:/s,,t/events.socket,server=on,wait=off"], Options("-qmp", line));
        Assert.Equal(["socket,id=com1,path=/s,,t/com1.socket,server=on,wait=off"], Options("-chardev", line));
        Assert.Equal(["/run/vm/qemu.pid"], Options("-pidfile", line));
    }

    [Fact]
    public void KvmTakesTheHostsProcessor()
    {
        var line = QemuCommandLine.Build(Hardware, Platform with { HasKvm = true }, Folder, Folder);
        Assert.Equal(["kvm"], Options("-accel", line));
        Assert.Equal(["host"], Options("-cpu", line));
        Assert.Equal(["tcg"], Options("-accel", Build(Hardware)));
    }

    [Fact]
    public void MemoryAndProcessorsAreAsManyAsAskedFor()
    {
        AssertOption("-m", "1024M", Hardware);
        AssertOption("-smp", "2", Hardware);
        Assert.Equal(1L << 30, QemuCommandLine.MemoryBytes([.. Build(Hardware)]));
    }

    private static IReadOnlyList<string> Build(MachineHardware hardware)
        => QemuCommandLine.Build(hardware, Platform, Folder, Folder);

    private static IEnumerable<string> Options(string name, MachineHardware hardware) => Options(name, Build(hardware));

    private static IEnumerable<string> Options(string name, IReadOnlyList<string> line)
        => line.Zip(line.Skip(1)).Where(pair => pair.First == name).Select(pair => pair.Second);

    private static void AssertOption(string name, string value, MachineHardware hardware) => Assert.Contains(value, Options(name, hardware));
}
