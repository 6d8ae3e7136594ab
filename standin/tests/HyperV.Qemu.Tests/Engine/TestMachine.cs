using System;
using System.Diagnostics;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HyperV.Qemu.Engine;
using HyperV.Qemu.Testing;
using Xunit;

namespace HyperV.Qemu.Tests.Engine;

/// <summary>A machine with the tiny guest, which is gone after the test.</summary>
internal sealed class TestMachine : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("engine-").FullName;

    public TestMachine()
    {
        Disk = Path.Combine(_folder, "guest.vhd");
        TinyGuest.WriteDisk(Disk);
        RuntimeFolder = Path.Combine(_folder, "runtime");
        var name = Path.GetFileName(_folder);
        Hardware = new MachineHardware(
            Guid.NewGuid(),
            name,
            Generation: 1,
            MemoryBytes: 32 << 20,
            ProcessorCount: 1,
            [new DriveHardware("disk", IsDvd: false, DriveController.Ide, 0, 0, Disk)],
            [],
            [$"{name}-com1", null],
            new FirmwareHardware(["disk"], SecureBootTemplate: null, ConsoleOnComPort: 0, Tpm: false));
    }

    public static QemuEngine Engine { get; } = new();

    /// <summary>What it is; a test changes it before the start.</summary>
    public MachineHardware Hardware { get; set; }

    public string RuntimeFolder { get; set; }

    /// <summary>The guest's disk.</summary>
    public string Disk { get; }

    /// <summary>A folder of the test.</summary>
    public string Folder => _folder;

    public MachineStatus Status => Engine.Query(RuntimeFolder);

    /// <summary>The socket of the pipe of COM 1.</summary>
    public string Socket => ComPipe.SocketOf(Hardware.ComPorts[0]!);

    /// <summary>The process id of its QEMU.</summary>
    public int ProcessId => int.Parse(File.ReadAllText(Path.Combine(RuntimeFolder, "qemu.pid")));

    /// <summary>Powers it on, and opens COM 1 in time to hear the guest's first word.</summary>
    public NamedPipeClientStream Boot()
    {
        var opening = Task.Run(OpenConsole);
        Start();
        var console = opening.GetAwaiter().GetResult();
        Assert.Equal(TinyGuest.Prompt, Read(console, TinyGuest.Prompt.Length));
        return console;
    }

    public void Start() => Engine.Start(Hardware, RuntimeFolder, CancellationToken.None);

    /// <summary>Opens COM 1 as any .NET program does.</summary>
    public NamedPipeClientStream OpenConsole()
    {
        var pipe = new NamedPipeClientStream(".", Hardware.ComPorts[0]!, PipeDirection.InOut, PipeOptions.Asynchronous);
        pipe.Connect(Patience);
        return pipe;
    }

    /// <summary>Whether COM 1 can be opened now.</summary>
    public bool ConsoleOpens()
    {
        using var pipe = new NamedPipeClientStream(".", Hardware.ComPorts[0]!);
        try
        {
            pipe.Connect(TimeSpan.Zero);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Reads a number of characters, or fewer where the connection ends before.</summary>
    public static string Read(NamedPipeClientStream console, int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        var bytes = new byte[count];
        var read = console.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, patience.Token).AsTask().GetAwaiter().GetResult();
        return Encoding.ASCII.GetString(bytes, 0, read);
    }

    public static void Write(NamedPipeClientStream console, string text) => console.Write(Encoding.ASCII.GetBytes(text));

    /// <summary>Waits for something that has to come.</summary>
    public static void Await(Func<bool> condition)
    {
        var waiting = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waiting.Elapsed < Patience);
            Thread.Sleep(5);
        }
    }

    /// <summary>Asserts that it is off, and that nothing of it is left.</summary>
    public void AssertNothingIsLeft()
    {
        Assert.Equal(MachineStatus.Off, Status);
        Assert.Empty(MachineProcess.FindAll(new RuntimeFolder(RuntimeFolder)));
        Assert.False(File.Exists(Socket));
        Assert.DoesNotContain(Directory.EnumerateFiles(RuntimeFolder).Select(Path.GetFileName), name => name is not "engine.lock" and not "com1.log" and not "com1.record");
    }

    public void Dispose()
    {
        Engine.TurnOff(RuntimeFolder);
        Directory.Delete(_folder, recursive: true);
    }
}
