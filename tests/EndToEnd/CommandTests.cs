using System;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console.Shell;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>Commands in a guest, over its console.</summary>
public sealed class CommandTests(BootedGuest guest) : IClassFixture<BootedGuest>
{
    private const int Mebibyte = 1 << 20;

    private readonly HostedModule _module = guest.Module;

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    [Fact]
    public void AMebibyteArrivesExactly() => AssertArrives(Mebibyte);

    [Fact(Explicit = true)]
    public void TenMebibytesArriveExactly() => AssertArrives(10 * Mebibyte);

    [Fact]
    public void BytesAreCopiedInAndOut()
    {
        var bytes = RandomNumberGenerator.GetBytes(4096);
        _module.RunWell("param($bytes) Invoke-LinuxKitCommand linuxkit 'cat > /tmp/copied' -InputObject $bytes", bytes);
        Assert.Equal(bytes, Invoke("cat /tmp/copied").OutputBytes);
    }

    [Fact]
    public void AScriptOfSeveralLinesHasItsOwnExitCode()
    {
        var result = Invoke("f() {\n  echo \"it's $1\"\n}\nf \"a 'test'\" >&2\nexit 3");
        Assert.Equal((3, "it's a 'test'"), (result.ExitCode, result.Output.TrimEnd()));
    }

    [Fact]
    public void ACommandThatTakesTooLongIsInterruptedAndTheShellStaysUsable()
    {
        _module.RunBadly(
            "GuestCommandTimeout",
            ErrorCategory.OperationTimeout,
            "Invoke-LinuxKitCommand linuxkit 'echo begun; sleep 1000' -TimeoutSec 5");

        // The prompt is back before the guest's init has buried what Ctrl+C killed.
        const string left = "for i in $(seq 300); do pidof sleep > /dev/null || exit 0; usleep 100000; done; ps; exit 1";
        var result = Invoke(left);
        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Fact]
    public async Task TwoCallersTakeTurns()
    {
        const string script = "Invoke-LinuxKitCommand linuxkit 'for i in 1 2 3 4 5; do echo $i; sleep 0.2; done'";
        using var runspace = _module.OpenRunspace();
        var other = Task.Run(() => PowerShell.Create(runspace).AddScript(script).Invoke().Single(), Canceled);
        var results = new[] { _module.RunWell(script).Single(), await other };
        Assert.All(results, result => Assert.Equal("1\n2\n3\n4\n5\n", ((ConsoleCommandResult)result.BaseObject).Output));
    }

    [Fact]
    public void AGuestThatAsksIsLoggedInTo()
    {
        Assert.Equal(0, Invoke("echo \"root:$(mkpasswd secret):19000::::::\" > /etc/shadow").ExitCode);
        _module.RunWell("Send-LinuxKitConsole linuxkit 'login'; Wait-LinuxKitConsole linuxkit 'linuxkit login: $' -TimeoutSec 60");
        _module.RunBadly("GuestLoginRequired", ErrorCategory.PermissionDenied, "Invoke-LinuxKitCommand linuxkit id");

        var credential = new PSCredential("root", new System.Net.NetworkCredential(string.Empty, "secret").SecurePassword);
        var result = _module.RunWell("param($credential) Invoke-LinuxKitCommand linuxkit 'echo $USER' -Credential $credential", credential).Single();
        Assert.Equal("root", ((ConsoleCommandResult)result.BaseObject).Output.Trim());
    }

    private ConsoleCommandResult Invoke(string command) =>
        (ConsoleCommandResult)_module.RunWell("param($command) Invoke-LinuxKitCommand linuxkit $command", command).Single().BaseObject;

    private void AssertArrives(int count)
    {
        Invoke($"head -c {count} /dev/urandom > /tmp/random");
        var sum = Invoke("sha256sum /tmp/random").Output.Split(' ')[0];
        var bytes = Invoke("cat /tmp/random").OutputBytes;
        Assert.Equal(count, bytes.Length);
        Assert.Equal(sum, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Invoke("rm /tmp/random");
    }
}
