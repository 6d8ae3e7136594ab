using System;
using System.Collections.Generic;
using System.IO.Pipes;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>What is on the screen while a console is attached: the console alone.</summary>
public sealed class AttachedScreenTests : HostedTests
{
    private readonly List<NamedPipeServerStream> _ports = [];

    public AttachedScreenTests() => Module.Recording.After = (_, call) =>
    {
        // Once the pipe has been chosen.
        if (call.Command == HyperVCommand.SetVMComPort)
        {
            var port = SerialPipe.Serve(_ports.Count == 0 ? "one-com1" : "two-com1");
            _ports.Add(port);
            port.WaitForConnectionAsync().ContinueWith(_ => port.Write("ready\r\n"u8), TaskScheduler.Default);
        }
    };

    [Theory]
    [InlineData("Start-LinuxKitVM ./web-efi.iso -Name one, two -NoNetwork")]
    [InlineData("$null = New-LinuxKitVM ./web-efi.iso -Name one, two -NoNetwork; Start-LinuxKitVM -Name one, two")]
    public void TheProgressOfSeveralVMsIsTakenAwayBeforeOneIsAttached(string start)
    {
        var shown = new List<ProgressRecordType>();
        PowerShell? script = null;
        var look = () => shown.Add(script!.Streams.Progress.Last(record => record.Activity.Contains("tart", StringComparison.Ordinal)).RecordType);
        using (script = Module.Script($"param($look) {start} -Console -TimeoutSec 1 | ForEach-Object {{ if ($_ -eq 'ready') {{ $look.Invoke() }} }}", look))
        {
            script.Invoke();
            Assert.Empty(script.Streams.Error);
            Assert.Equal([ProgressRecordType.Completed, ProgressRecordType.Completed], shown);
            Assert.Equal(
                ["one Processing", "Completed", "two Processing", "Completed"],
                script.Streams.Progress.Where(record => record.Activity.Contains("tart", StringComparison.Ordinal))
                    .Select(record => record.RecordType == ProgressRecordType.Completed ? "Completed" : $"{record.StatusDescription} {record.RecordType}"));
        }
    }

    public override void Dispose()
    {
        _ports.ForEach(port => port.Dispose());
        base.Dispose();
        GC.SuppressFinalize(this);
    }
}
