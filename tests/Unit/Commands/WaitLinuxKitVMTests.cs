using System;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

public sealed class WaitLinuxKitVMTests : HostedTests
{
    private const string GuestVariable = "HYPERV_QEMU_GUEST";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public override void Dispose()
    {
        Environment.SetEnvironmentVariable(GuestVariable, null);
        base.Dispose();
    }

    [Theory]
    [InlineData("Wait-LinuxKitVM web")]
    [InlineData("Get-VM web | Wait-LinuxKitVM -For Heartbeat")]
    [InlineData("Wait-LinuxKitVM -Id (Get-VM web).Id -For State -State Paused, Running")]
    [InlineData("Stop-VM web -TurnOff; Wait-LinuxKitVM w* -For Off")]
    [InlineData("Save-VM web; Wait-LinuxKitVM web -For State -State saved")]
    public void EmitsWhatIsThereAlready(string script)
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -NoCapture");
        var machine = Module.RunWell(script).Single();
        Assert.Equal(("web", LinuxKitMachine.TypeName), (machine.Name(), machine.TypeNames[0]));
    }

    [Fact]
    public void EmitsEachMachineWhenItIsReady()
    {
        // The first one can only get there once the second one has been emitted.
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -Name a -NoCapture; $null = New-LinuxKitVM ./web-efi.iso -Name b");
        var names = Module.RunWell("Get-LinuxKitVM a, b | Wait-LinuxKitVM -For Off | ForEach-Object { if ($_.Name -eq 'b') { Stop-VM a -TurnOff }; $_.Name }");
        Assert.Equal(["b", "a"], names.Select(name => name.ToString()));
    }

    [Fact]
    public void EndsForAMachineThatIsRemoved()
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -Name a -NoCapture; $null = New-LinuxKitVM ./web-efi.iso -Name b");
        Module.RunBadly(
            "VMNotFound",
            ErrorCategory.ObjectNotFound,
            "Get-LinuxKitVM a, b | Wait-LinuxKitVM -For Off | ForEach-Object { Stop-VM a -TurnOff; Remove-VM a -Force }");
    }

    [Theory]
    [InlineData("VMNotRunning", ErrorCategory.InvalidOperation, "Stop-VM web -TurnOff; Wait-LinuxKitVM web -TimeoutSec 600")]
    [InlineData("VMNotRunning", ErrorCategory.InvalidOperation, "Save-VM web; Wait-LinuxKitVM web -For Off -TimeoutSec 600")]
    [InlineData("VMHeartbeatDisabled", ErrorCategory.InvalidOperation, "Disable-VMIntegrationService web -Name Heartbeat; Wait-LinuxKitVM web -TimeoutSec 600")]
    [InlineData("VMWaitTimeout", ErrorCategory.OperationTimeout, "Wait-LinuxKitVM web -For State -State Paused -TimeoutSec 1")]
    [InlineData("VMNotFound", ErrorCategory.ObjectNotFound, "Wait-LinuxKitVM nobody")]
    [InlineData("ParametersDoNotGoTogether", ErrorCategory.InvalidArgument, "Wait-LinuxKitVM web -For State")]
    [InlineData("ParametersDoNotGoTogether", ErrorCategory.InvalidArgument, "Wait-LinuxKitVM web -State Running")]
    [InlineData("ParametersDoNotGoTogether", ErrorCategory.InvalidArgument, "Wait-LinuxKitVM web -UseConsole")]
    [InlineData("IntegrationServiceQueryFailed", ErrorCategory.InvalidOperation, "[Environment]::SetEnvironmentVariable('HYPERV_QEMU_FAIL', 'Get-VMIntegrationService:1=OperationFailed'); Wait-LinuxKitVM web")]
    public void SaysWhyAMachineDoesNotGetThere(string errorId, ErrorCategory category, string script)
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -NoCapture");
        Module.RunBadly(errorId, category, script);
    }

    [Fact]
    public void WaitsForAGuestThatDoesNotAnswerAndShowsHowLong()
    {
        Environment.SetEnvironmentVariable(GuestVariable, "no-contact");
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -NoCapture");
        using var powerShell = Module.Script("Wait-LinuxKitVM web -TimeoutSec 1");
        Assert.Empty(powerShell.Invoke());

        Assert.Equal("VMWaitTimeout", powerShell.Streams.Error.Single().FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains(powerShell.Streams.Progress, record => record is { StatusDescription: "web", SecondsRemaining: 0 or 1 });
        Assert.Equal(ProgressRecordType.Completed, powerShell.Streams.Progress.Last().RecordType);
    }

    [Theory]
    [InlineData("GuestKernelPanic", "[    1.0] Kernel panic - not syncing: VFS\r\n")]
    [InlineData("GuestEmergencyShell", "Entering emergency mode. Exit the shell to continue.\r\n")]
    public void EndsForAGuestWhoseBootFailed(string errorId, string said)
    {
        Environment.SetEnvironmentVariable(GuestVariable, "no-contact");
        var name = "wait-" + Guid.NewGuid().ToString("N")[..8];
        var machine = Module.RunWell("param($name) Start-LinuxKitVM ./web-efi.iso -Name $name", name).Single();
        using var port = SerialPipe.Serve(machine.Text("ConsolePipe")[@"\\.\pipe\".Length..]);
        port.WaitForClient();
        port.Write(Encoding.UTF8.GetBytes(said));

        Module.RunBadly(errorId, ErrorCategory.InvalidOperation, "param($name) Wait-LinuxKitVM $name -TimeoutSec 600", name);
    }

    [Fact]
    public void StopsAtOnce()
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -NoCapture");
        using var powerShell = Module.Script("Wait-LinuxKitVM web -For Off -TimeoutSec 3600");
        using var waits = new ManualResetEventSlim();
        powerShell.Streams.Progress.DataAdded += (_, _) => waits.Set();
        var invocation = powerShell.BeginInvoke();
        Assert.True(waits.Wait(Patience, TestContext.Current.CancellationToken));

        powerShell.Stop();

        Assert.True(invocation.AsyncWaitHandle.WaitOne(Patience));
        Assert.Equal(PSInvocationState.Stopped, powerShell.InvocationStateInfo.State);
    }

    [Fact]
    public void CompletesWhatItWaitsFor()
    {
        const string Line = "Wait-LinuxKitVM web -For ";
        using var powerShell = Module.Script(string.Empty);
        Assert.Equal(
            Enum.GetNames<LinuxKitVMCondition>().Order(StringComparer.Ordinal),
            CommandCompletion.CompleteInput(Line, Line.Length, null, powerShell).CompletionMatches.Select(match => match.CompletionText).Order(StringComparer.Ordinal));
    }
}
