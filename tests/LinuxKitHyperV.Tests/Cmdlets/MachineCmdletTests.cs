using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Commands;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Cmdlets;

public sealed class MachineCmdletTests : HostedTests
{
    // A VM as a job or a remote session gives it.
    private const string Copy = "[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-LinuxKitVM web)))";

    [Fact]
    public void GetShowsOnlyOurs()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso; $null = New-VM other");
        Assert.Equal(["web"], Module.RunWell("Get-LinuxKitVM").Select(machine => machine.Name()));
        Assert.Equal(["web"], Module.RunWell("Get-LinuxKitVM w*").Select(machine => machine.Name()));
        Assert.Empty(Module.RunWell("Get-LinuxKitVM o*"));
        Assert.Equal(["web"], Module.RunWell("Get-LinuxKitVM -Id (Get-VM web).Id").Select(machine => machine.Name()));
    }

    [Theory]
    [InlineData("VMNotFound", ErrorCategory.ObjectNotFound, "Get-LinuxKitVM nobody")]
    [InlineData("VMNotMadeByLinuxKitHyperV", ErrorCategory.InvalidOperation, "$null = New-VM other; Get-LinuxKitVM other")]
    [InlineData("VMNotMadeByLinuxKitHyperV", ErrorCategory.InvalidOperation, "Get-LinuxKitVM -Id (New-VM other).Id")]
    [InlineData("VMRunning", ErrorCategory.InvalidOperation, "$null = Start-LinuxKitVM ./web-efi.iso; Remove-LinuxKitVM web -Confirm:$false")]
    [InlineData("VMRunning", ErrorCategory.InvalidOperation, "$null = Start-LinuxKitVM ./web-efi.iso; Remove-LinuxKitVM web -WhatIf")]
    [InlineData("VMNotMadeByLinuxKitHyperV", ErrorCategory.InvalidOperation, "New-VM other | Remove-LinuxKitVM -Force")]
    [InlineData("VMNotFound", ErrorCategory.ObjectNotFound, "$vm = New-LinuxKitVM ./web-efi.iso; Remove-VM web -Force; $vm | Remove-LinuxKitVM -Force")]
    [InlineData("VMNotRunning", ErrorCategory.InvalidOperation, "$null = New-LinuxKitVM ./web-efi.iso; Connect-LinuxKitConsole web")]
    [InlineData("InvalidEscapeKey", ErrorCategory.InvalidArgument, "$null = Start-LinuxKitVM ./web-efi.iso; Connect-LinuxKitConsole web -EscapeKey x")]
    [InlineData("DiskExists", ErrorCategory.ResourceExists, "$null = New-LinuxKitDisk d 10M; New-LinuxKitDisk d.vhdx 10M")]
    [InlineData("InvalidDiskSize", ErrorCategory.InvalidArgument, "New-LinuxKitDisk d 1M")]
    [InlineData("InvalidDiskSize", ErrorCategory.InvalidArgument, "New-LinuxKitDisk d 1KB")]
    [InlineData("InvalidDiskSize", ErrorCategory.InvalidArgument, "New-LinuxKitDisk d 10485761")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "New-LinuxKitDisk nowhere:d 10M")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "New-LinuxKitDisk . 10M")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "New-LinuxKitDisk .. 10M")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "$null = [IO.Directory]::CreateDirectory(\"$PWD/sub\"); New-LinuxKitDisk sub/ 10M")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "$null = [IO.Directory]::CreateDirectory(\"$PWD/sub\"); New-LinuxKitDisk sub\\ 10M")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "$null = [IO.Directory]::CreateDirectory(\"$PWD/sub\"); New-LinuxKitDisk ./sub/. 10M")]
    [InlineData("DiskQueryFailed", ErrorCategory.InvalidOperation, "[Environment]::SetEnvironmentVariable('HYPERV_QEMU_FAIL', 'Get-VHD:1=OperationFailed'); New-LinuxKitDisk d 10M")]
    [InlineData("TpmSetupFailed", ErrorCategory.InvalidOperation, "[Environment]::SetEnvironmentVariable('HYPERV_QEMU_FAIL', 'Set-VMKeyProtector:1=OperationFailed'); New-LinuxKitVM ./web-efi.iso -Tpm")]
    [InlineData("TpmSetupFailed", ErrorCategory.InvalidOperation, "[Environment]::SetEnvironmentVariable('HYPERV_QEMU_FAIL', 'Enable-VMTPM:1=OperationFailed'); New-LinuxKitVM ./web-efi.iso -Tpm")]
    [InlineData("VMUnfinished", ErrorCategory.ResourceExists, "$null = New-VM LinuxKitHyperV-unfinished-0123456789abcdef0123456789abcdef-web; New-LinuxKitVM ./web-efi.iso")]
    public void Refuses(string errorId, ErrorCategory category, string script)
    {
        Module.RunBadly(errorId, category, script);
    }

    [Theory]
    [InlineData("Get-LinuxKitVM")]
    [InlineData("Stop-LinuxKitVM -TurnOff -PassThru")]
    [InlineData("Wait-LinuxKitVM -For Off")]
    [InlineData("Disconnect-LinuxKitConsole")]
    [InlineData("Remove-LinuxKitVM -Force")]
    public void TakesNamesFromThePipelineAsHyperVDoes(string command)
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name web, 'my web', 3");
        Module.Recording.Clear();
        Module.RunWell($"'web', 3 | {command}");
        Assert.Equal([ExactName.ToPattern("web"), ExactName.ToPattern("3")], Module.Recording.Calls.Where(call => call.Command == HyperVCommand.GetVM).SelectMany(Names).Take(2));
        Module.RunBadly("VMNotFound", ErrorCategory.ObjectNotFound, $"'nobody' | {command}");

        static IEnumerable<string> Names(HyperVCall call) => call.Parameters.Where(parameter => parameter.Key == "Name").SelectMany(parameter => (string[])parameter.Value!);
    }

    [Theory]
    [InlineData("Stop-LinuxKitVM -VM web")]
    [InlineData("Start-LinuxKitVM -VM other, web")]
    [InlineData("Receive-LinuxKitConsole -VM (Get-VM web), 'web'")]
    public void SaysWhereANameBelongs(string script)
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso");
        var error = Assert.IsAssignableFrom<ParameterBindingException>(Record.Exception(() => Module.Run($"$ErrorActionPreference = 'Stop'; {script}"))).ErrorRecord;
        Assert.StartsWith("ParameterArgumentTransformationError,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("is text and no VM object. Give the name of a VM with -Name", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Start-LinuxKitVM")]
    [InlineData("Stop-LinuxKitVM")]
    [InlineData("Remove-LinuxKitVM")]
    [InlineData("Wait-LinuxKitVM -For Off")]
    [InlineData("Get-LinuxKitIPAddress")]
    [InlineData("Receive-LinuxKitConsole")]
    public void SaysHowACopyIsGiven(string command)
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso");
        var error = Assert.IsAssignableFrom<ParameterBindingException>(Record.Exception(() => Module.Run(
            $"$ErrorActionPreference = 'Stop'; $copy = {Copy}; {command} -VM $copy"))).ErrorRecord;
        Assert.StartsWith("ParameterArgumentTransformationError,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("is a copy of a VM object. Pipe it to the cmdlet, or give its Id with -Id", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-LinuxKitVM", "web")]
    [InlineData("Start-LinuxKitVM -NoCapture", "web")]
    [InlineData("Stop-LinuxKitVM -TurnOff -PassThru", "web")]
    [InlineData("Wait-LinuxKitVM -For Off", "web")]
    [InlineData("Remove-LinuxKitVM -Force; Get-LinuxKitVM")]
    public void TakesACopyFromThePipeline(string command, params string[] output)
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso");
        Assert.Equal(output, Module.RunWell($"{Copy} | {command}").Select(machine => machine.Name()));
    }

    [Theory]
    [InlineData("Get-VM web")]
    [InlineData("Get-LinuxKitVM web")]
    [InlineData(Copy)]
    public void TakesObjectsFromThePipelineByTheirIds(string objects)
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name web, other");
        Module.RunWell($"$vm = {objects}; Rename-VM web -NewName renamed; Rename-VM other -NewName web; $vm | Remove-LinuxKitVM -Force");
        Assert.Equal(["web"], Module.RunWell("Get-VM").Select(machine => machine.Name()));
    }

    [Theory]
    [InlineData("size=1")]
    [InlineData("abc")]
    [InlineData("1.5GB")]
    [InlineData(" ")]
    public void NewDiskSaysWhatSizesThereAre(string size)
    {
        var remedy = Module.RunBadly("InvalidDisk", ErrorCategory.InvalidArgument, $"New-LinuxKitDisk d '{size}'").ErrorDetails.RecommendedAction;
        Assert.Contains("10GB", remedy, StringComparison.Ordinal);
        Assert.Contains("whole number", remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("=", remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void NewDiskAsksHyperVForWholeSectorsOnly()
    {
        var error = Module.RunBadly("InvalidDiskSize", ErrorCategory.InvalidArgument, "New-LinuxKitDisk d 10485761");
        Assert.Contains("512", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(Module.Recording.Calls, call => call.Command == HyperVCommand.NewVHD);
    }

    [Fact]
    public void NewDiskMakesAFileThatIsCalledAsAFolder()
    {
        Directory.CreateDirectory(Module["sub"]);
        Module.RunWell("$null = New-LinuxKitDisk sub, ./sub/a, ./.hidden.vhdx -Size 4M");
        Assert.Equal([".hidden.vhdx", "sub", "sub.vhdx", "web-efi.iso"], Module.Files);
        Assert.True(File.Exists(Module["sub/a.vhdx"]));
    }

    [Theory]
    [InlineData("New-LinuxKitDisk ./web-efi.iso -Size 1")]
    [InlineData("[IO.FileInfo]::new(\"$PWD/web-efi.iso\") | New-LinuxKitDisk -Size 1")]
    [InlineData("$null = New-LinuxKitVM ./web-efi.iso -Disk 'file=./.-web-efi.iso-web-efi.vhdx,size=4M'; New-LinuxKitDisk ./web-efi.iso 1")]
    public void NewDiskNamesTheFileThatIsNone(string script) => Assert.Contains(
        "web-efi.iso'",
        Module.RunBadly("DiskFormatNotSupported", ErrorCategory.InvalidArgument, script).Exception.Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("New-LinuxKitVM ./web-efi.iso", "Heartbeat: -, Shutdown: -")]
    [InlineData("New-LinuxKitVM ./web-efi.iso | Disable-VMIntegrationService -Name Heartbeat; Get-LinuxKitVM", "Heartbeat: Disabled, Shutdown: -")]
    [InlineData("Start-LinuxKitVM ./web-efi.iso -NoCapture", "Heartbeat: Ok, Shutdown: Ok")]
    [InlineData("$null = Start-LinuxKitVM ./web-efi.iso -NoCapture; Get-LinuxKitVM | Stop-VM -TurnOff; Get-LinuxKitVM", "Heartbeat: -, Shutdown: -")]
    public void ShowsWhatHyperVSaysOfIntegrationServices(string script, string expected)
    {
        var shown = MachineView.IntegrationServices(Module.RunWell(script).Single()).Split(", ");
        Assert.Equal(expected, string.Join(", ", shown.Where(service => service.StartsWith("Heartbeat:", StringComparison.Ordinal) || service.StartsWith("Shutdown:", StringComparison.Ordinal)).Order()));
    }

    [Fact]
    public void RemoveKeepsWhatTheModuleDidNotMake()
    {
        Module.RunWell("$null = New-VHD ./mine.vhdx -SizeBytes 10MB; $null = Start-LinuxKitVM ./web-efi.iso -Disk size=1, mine.vhdx; Remove-LinuxKitVM web -RemoveDisk -Force");

        Assert.Empty(Module.RunWell("Get-VM"));
        Assert.Equal(["mine.vhdx", "web-efi.iso"], Module.Files);
    }

    [Theory]
    [InlineData("[a-z].vhdx")]
    [InlineData("w[e]b.vhdx")]
    [InlineData("[[].vhdx")]
    [InlineData("a`b.vhdx")]
    public void RemoveDeletesADiskWhoseNameLooksLikeAPattern(string name)
    {
        Module.RunWell("param($name) $null = New-LinuxKitVM ./web-efi.iso -Disk \"file=$name,size=4M\"; Remove-LinuxKitVM web -RemoveDisk -Force", name);
        Assert.Equal(["web-efi.iso"], Module.Files);
    }

    [Fact]
    public void NewDiskGivesADiskWhoseNameLooksLikeAPattern() =>
        Assert.Equal(Module["[d].vhdx"], Module.RunWell("New-LinuxKitDisk '[d]' 10M").Single().Text("Path"));

    [Theory]
    [InlineData("DiskRemovalFailed", "web-disk.vhdx")]
    [InlineData("MetadataRemovalFailed", "web-metadata*.iso")]
    public void RemoveTellsOfAFileThatItCannotDelete(string errorId, string pattern)
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Disk size=1 -Metadata x");
        var file = Assert.Single(Directory.GetFiles(Module["."], pattern));
        Module.Recording.Before = (_, call) =>
        {
            if (call.Command == "Hyper-V\\Remove-VM")
            {
                File.Delete(file);
                Directory.CreateDirectory(file);
            }
        };
        var error = Module.RunBadly(errorId, ErrorCategory.WriteError, "Remove-LinuxKitVM web -RemoveDisk -Force");
        Assert.Contains(Path.GetFileName(file), error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Module.RunWell("Get-VM"));
    }

    [Fact]
    public void RemoveKeepsDataDisks()
    {
        Module.RunWell("Start-LinuxKitVM ./web-efi.iso -Disk size=1 | Remove-LinuxKitVM -Force");
        Assert.Equal(["web-disk.vhdx", "web-efi.iso"], Module.Files);
    }

    [Fact]
    public void RemoveNeverDeletesWhatAForgedMarkNames()
    {
        File.WriteAllText(Module["precious.vhdx"], "data");
        Module.RunWell(
            "param($path) $vm = New-LinuxKitVM ./web-efi.iso; Set-VM web -Notes ('[LinuxKitHyperV] {\"id\":\"11111111-2222-3333-4444-555555555555\",\"image\":\"x\",\"disks\":[\"' + $path.Replace('\\', '\\\\') + '\"]}'); Remove-LinuxKitVM web -Force -RemoveDisk",
            Module["precious.vhdx"]);
        Assert.True(File.Exists(Module["precious.vhdx"]));
    }

    [Fact]
    public void RemoveClearsWhatWasCutShort()
    {
        Module.RunWell("$null = New-VM LinuxKitHyperV-unfinished-0123");
        Assert.Equal("True", Module.RunWell("Get-LinuxKitVM").Single().Text("IsUnfinished"));
        Module.RunWell("Get-LinuxKitVM | Remove-LinuxKitVM -Force");
        Assert.Empty(Module.RunWell("Get-VM"));
    }

    [Theory]
    [InlineData("Get-LinuxKitVM | Remove-LinuxKitVM -RemoveDisk -Force -WhatIf")]
    [InlineData("Remove-LinuxKitVM web -Force -WhatIf")]
    [InlineData("Stop-LinuxKitVM web -TurnOff -WhatIf")]
    [InlineData("New-LinuxKitVM ./web-efi.iso -Name other -WhatIf")]
    [InlineData("New-LinuxKitDisk d 10M -WhatIf")]
    [InlineData("$WhatIfPreference = $true; Remove-LinuxKitVM web -Force")]
    public void WhatIfChangesNothing(string script)
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -Disk size=1");
        Module.Recording.Clear();
        Module.RunWell(script);

        Assert.Empty(Module.Recording.Changes);
        Assert.Equal(["web-disk.vhdx", "web-efi.iso"], Module.Files);
    }

    [Theory]
    [InlineData("", "Stop-LinuxKitVM web", "Shut down")]
    [InlineData("", "Stop-LinuxKitVM web -Force -TimeoutSec 7", "Shut down, or turn off if the guest does not in 7 s")]
    [InlineData("", "Remove-LinuxKitVM web -Force", "Turn off and remove LinuxKit VM")]
    [InlineData("", "Stop-LinuxKitVM web -TurnOff", "Turn off")]
    [InlineData("Save-VM web", "Stop-LinuxKitVM web -Force", "Turn off")]
    [InlineData("Suspend-VM web", "Stop-LinuxKitVM web -TurnOff", "Turn off")]
    [InlineData("Stop-VM web -TurnOff", "Stop-LinuxKitVM web", null)]
    [InlineData("", "Start-LinuxKitVM -Name web", null)]
    [InlineData("", "Start-LinuxKitVM -Name web -Console -TimeoutSec 1", null)]
    [InlineData("Stop-VM web -TurnOff", "Start-LinuxKitVM -Name web", "Start, with its console captured")]
    [InlineData("Stop-VM web -TurnOff", "Start-LinuxKitVM -Name web -NoCapture", "Start")]
    [InlineData("Suspend-VM web", "Start-LinuxKitVM -Name web -NoCapture", "Resume")]
    [InlineData("Save-VM web", "Start-LinuxKitVM -Name web -ConsoleLogPath log.txt", "Restore from the saved state, with its console captured and logged to '*log.txt'")]
    public void WhatIfSaysWhatWouldBeDoneInTheStateOfTheVM(string prepare, string script, string? action)
    {
        var host = new RecordingHost();
        using var runspace = Module.OpenRunspace(host);
        Module.RunWell($"$null = Start-LinuxKitVM ./web-efi.iso; {prepare}");
        using var powerShell = PowerShell.Create(runspace);
        powerShell.AddScript(script + " -WhatIf").Invoke();

        Assert.Empty(powerShell.Streams.Error);
        var said = host.Text.Split('\n').Where(line => line.Contains("What if:", StringComparison.Ordinal));
        if (action is null)
        {
            Assert.Empty(said);
            Assert.Contains("already", Assert.Single(powerShell.Streams.Warning).Message, StringComparison.Ordinal);
            return;
        }

        var expected = $"What if: Performing the operation \"{action}\" on target \"web\".";
        var (start, end) = expected.Split('*') is [var head, var tail] ? (head, tail) : (expected, expected);
        Assert.StartsWith(start, Assert.Single(said).Trim(), StringComparison.Ordinal);
        Assert.EndsWith(end, said.Single().Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void StopTurnsOff()
    {
        Assert.Equal("Off", Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso; Stop-LinuxKitVM web -TurnOff -PassThru").Single().State());
        Assert.Empty(Module.RunWell("Stop-LinuxKitVM web"));
        Assert.Contains("off already", Assert.Single(Module.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void StopShutsTheGuestDownWithoutAQuestion()
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso");
        Module.Recording.Clear();
        Assert.Empty(Module.RunWell("Stop-LinuxKitVM web"));

        Assert.Equal("Off", Module.RunWell("Get-VM web").Single().State());
        var stop = Assert.Single(Module.Recording.Calls, call => call.Changes);
        Assert.Equal(["VM", "Force"], stop.Parameters.Select(parameter => parameter.Key));
    }

    [Theory]
    [InlineData("no-contact", "VMShutdownServiceMissing", ErrorCategory.ResourceUnavailable)]
    [InlineData("stubborn", "VMShutdownFailed", ErrorCategory.InvalidOperation)]
    public void StopSaysWhyAGuestDoesNotShutDown(string guest, string errorId, ErrorCategory category)
    {
        HostedModule.Guest(guest);
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso");
        Module.RunBadly(errorId, category, "Stop-LinuxKitVM web");
        Assert.Equal("Running", Module.RunWell("Get-VM web").Single().State());

        Module.RunWell("Stop-LinuxKitVM web -Force");
        Assert.Equal("Off", Module.RunWell("Get-VM web").Single().State());
    }

    [Fact]
    public void StopEndsTheWaitForAGuestInTime()
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso");
        HostedModule.Delay("Stop-VM=3600000");
        Module.RunBadly("VMShutdownTimeout", ErrorCategory.OperationTimeout, "Stop-LinuxKitVM web -TimeoutSec 1");
        HostedModule.Delay(null);
        Assert.Equal("Running", Module.RunWell("Get-VM web").Single().State());
    }

    [Theory]
    [InlineData("Save-VM web", "saved")]
    [InlineData("Suspend-VM web", "paused")]
    public void StopDoesNotThrowAwayWhatIsSavedOrPausedUnasked(string leave, string state)
    {
        Module.RunWell($"$null = Start-LinuxKitVM ./web-efi.iso; {leave}");
        var error = Module.RunBadly("VMNotRunning", ErrorCategory.InvalidOperation, "Stop-LinuxKitVM web");
        Assert.Contains(state, error.Exception.Message, StringComparison.Ordinal);

        Module.RunWell("Stop-LinuxKitVM web -TurnOff");
        Assert.Equal("Off", Module.RunWell("Get-VM web").Single().State());
    }

    [Theory]
    [InlineData("Stop-LinuxKitVM web", "Get-VMIntegrationService", "VMShutdownFailed")]
    [InlineData("Stop-LinuxKitVM web", "Stop-VM", "VMShutdownFailed")]
    [InlineData("Stop-LinuxKitVM web -TurnOff", "Stop-VM", "VMTurnOffFailed")]
    [InlineData("Remove-LinuxKitVM web -Force", "Stop-VM", "VMTurnOffFailed")]
    [InlineData("Remove-LinuxKitVM web -Force -RemoveDisk", "Remove-VM", "VMRemovalFailed")]
    [InlineData("Stop-VM web -TurnOff; Start-LinuxKitVM -Name web", "Start-VM", "VMStartFailed")]
    [InlineData("Suspend-VM web; Start-LinuxKitVM -Name web", "Resume-VM", "VMStartFailed")]
    public void AVMThatVanishesMeanwhileIsTold(string script, string cmdlet, string errorId)
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -Disk size=1");
        HostedModule.Fail($"{cmdlet}:1=Vanish");
        var error = Module.RunBadly(errorId, ErrorCategory.ObjectNotFound, script);

        Assert.Contains("removed meanwhile", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["web-disk.vhdx", "web-efi.iso"], Module.Files);
    }

    [Theory]
    [InlineData("Stop-LinuxKitVM a, b, c -TurnOff", "Turn off")]
    [InlineData("Remove-LinuxKitVM a, b, c -Force", "Remove")]
    [InlineData("Stop-LinuxKitVM a, b, c -TurnOff; Start-LinuxKitVM -Name a, b, c", "Start")]
    public void SeveralAtOnceShowProgress(string script, string activity)
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -Name a, b, c");
        using var powerShell = Module.Script(script);
        powerShell.Invoke();
        var shown = powerShell.Streams.Progress.Where(record => record.Activity == activity).ToList();
        Assert.Equal(["a", "b", "c", activity], shown.Select(record => record.StatusDescription));
        Assert.Equal(ProgressRecordType.Completed, shown[^1].RecordType);
    }

    [Fact]
    public void AnErrorOfOneDoesNotKeepTheOthersFromBeingRemoved()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name a, b, c");
        HostedModule.Fail("Remove-VM:2=OperationFailed");
        Module.RunBadly("VMRemovalFailed", ErrorCategory.InvalidOperation, "Remove-LinuxKitVM a, nobody*, b, c -Force");
        Assert.Equal(["b"], Module.RunWell("Get-VM").Select(machine => machine.Name()));
    }

    [Fact]
    public void NewLinuxKitDiskMakesWhatLinuxLikes()
    {
        var disk = Module.RunWell("New-LinuxKitDisk data -Size 64M").Single();
        Assert.Equal(Module["data.vhdx"], disk.Text("Path"));
        Assert.Equal(("67108864", "1048576", "Dynamic"), (disk.Text("Size"), disk.Text("BlockSize"), disk.Text("VhdType")));
    }
}
