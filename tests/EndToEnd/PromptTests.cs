using System;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using LinuxKitHyperV.HyperV;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>The prompt that comes back when a console was left, however it was: whole, with an echo and a line that can be edited.</summary>
public sealed class PromptTests(TypedSession session) : IClassFixture<TypedSession>, IDisposable
{
    private const string EscapeKey = "\x1d";
    private const string CtrlC = "\x03";
    private const string Left = "\x1b[D";
    private const string End = "\x1b[F";
    private const string Backspace = "\x7f";
    private const string Start = "Start-LinuxKitVM -Name web -Console";

    // What a guest's program leaves behind that is killed: colors, and no cursor.
    private const string Welcome = "\x1b[31m\x1b[?25lWelcome to LinuxKit";

    private readonly PowerShellWindow _window = session.Window;
    private readonly string _pipeName = $"lkhv-test-{Guid.NewGuid():N}";

    public void Dispose() => session.Module.Run("Stop-VM web -TurnOff -Force -WarningAction SilentlyContinue");

    [Fact]
    public async Task IsWholeAfterTheKeyThatLeaves()
    {
        using var port = Port();
        var before = Settings();
        await Attach(port);
        _window.Window.Type(EscapeKey);
        _window.WaitForPrompt();
        Assert.Contains("[Left the console of web.]", _window.LastOutput);
        AssertEdits(before);
    }

    [Fact]
    public async Task IsWholeAfterAGuestThatEnded()
    {
        using var port = Port();
        var before = Settings();
        await Attach(port);
        session.Module.RunWell("Stop-VM web -TurnOff");
        port.Dispose();
        _window.WaitForPrompt();
        Assert.Contains("[The console of web ended.]", _window.LastOutput);
        AssertEdits(before);
    }

    [Fact]
    public void IsWholeAfterCtrlCWhereNoGuestAnswers()
    {
        session.Module.RunWell("param($pipe) Set-VMComPort web -Number 1 -Path \"\\\\.\\pipe\\$pipe\"", _pipeName);
        var before = Settings();
        _window.Enter(Start);
        _window.Window.WaitUntil(_ => session.Module.RunWell("Get-VM web").Single().State() == "Running", "running VM");
        _window.Window.Type(CtrlC);
        _window.WaitForPrompt();
        Assert.All(_window.LastOutput, Assert.Empty);
        AssertEdits(before);
    }

    [Fact]
    public void IsWholeAfterAPasswordThatNobodySees()
    {
        var before = Settings();
        _window.Enter("Invoke-LinuxKitCommand web id -Credential root");
        _window.Window.WaitUntil(screen => screen.BeforeCursor == "Password for user root: ", "question for the password");
        _window.Window.Type("secret\r");
        _window.WaitForPrompt();
        Assert.DoesNotContain(_window.Window.See(screen => screen.Lines), line => line.Contains("secret", StringComparison.Ordinal));
        AssertEdits(before);
    }

    [Fact]
    public async Task IsThereAgainAfterATimeForWhichTheConsoleIsCollected()
    {
        using var port = Port();
        var before = Settings();
        session.Module.RunWell("$null = Start-LinuxKitVM -Name web -NoCapture");
        _window.Enter("Connect-LinuxKitConsole web -TimeoutSec 3 > web.txt");
        await Say(port);
        _window.WaitForPrompt();
        Assert.Contains("Welcome to LinuxKit", File.ReadAllText(session.Module["web.txt"]), StringComparison.Ordinal);
        AssertEdits(before);
    }

    private static async Task Say(NamedPipeServerStream port)
    {
        await port.WaitForConnectionAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await port.WriteAsync(Encoding.ASCII.GetBytes(Welcome), TestContext.Current.CancellationToken);
    }

    private NamedPipeServerStream Port()
    {
        session.Module.RunWell("param($pipe) Set-VMComPort web -Number 1 -Path \"\\\\.\\pipe\\$pipe\"", _pipeName);
        return new NamedPipeServerStream(_pipeName, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
    }

    private async Task Attach(NamedPipeServerStream port)
    {
        _window.Enter(Start);
        await Say(port);
        _window.Window.WaitUntil(screen => screen.BeforeCursor == "Welcome to LinuxKit", "word of the guest");
        Assert.False(_window.Window.See(screen => screen.HasCursor));
    }

    /// <summary>Has a line edited, which shows that the keys come one by one and that the screen is where PSReadLine takes it to be.</summary>
    private void AssertEdits(string[] before)
    {
        _window.Edit("'acx'", "'acx'");
        _window.Edit(Left + Backspace + End, "'ac'");
        _window.Edit(Left + Left + "b" + End, "'abc'");
        Assert.Equal(["abc"], _window.Accept());
        Assert.Equal(before, Settings());
    }

    private string[] Settings() => _window.Run("stty -g");
}
