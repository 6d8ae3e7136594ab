using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading;

namespace LinuxKitHyperV.Console.Shell;

/// <summary>
/// Runs commands in the shell on a console: no network and no agent is needed. The command runs in a subshell, as
/// with ssh: the shell itself stays as it was.
/// </summary>
internal sealed class ConsoleShell
{
    // More than is typed until the guest is given up.
    private const int TailBytes = 1 << 16;

    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LoginTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(500);

    private static readonly Regex LoginPrompt = new(@"login: *$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    private static readonly Regex PasswordPrompt = new(@"password: *$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    private static readonly Regex Refused = new("login incorrect", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // A command may mind the first of them, or ignore it.
    private static readonly LinuxKitConsoleKey[] Interrupts =
        [LinuxKitConsoleKey.CtrlC, LinuxKitConsoleKey.CtrlC, LinuxKitConsoleKey.CtrlBackslash];

    private readonly ConsoleCapture _capture;
    private readonly ConsoleCommand _command;
    private readonly ShellScript _script = new();
    private readonly ShellConversation _talk;
    private readonly CancellationToken _cancellationToken;
    private int _probes;
    private bool _loggedIn;

    private ConsoleShell(ConsoleCapture capture, ConsoleCommand command, CancellationToken cancellationToken)
    {
        _capture = capture;
        _command = command;
        _talk = new ShellConversation(capture, command.WhileAway);
        _cancellationToken = cancellationToken;
    }

    private string VMName => _capture.Options.VMName;

    /// <summary>Runs a command. Callers on the same console take turns.</summary>
    /// <exception cref="ConsoleShellException">It could not be run to its end.</exception>
    /// <exception cref="ConsolePipeException">The pipe is not open.</exception>
    /// <exception cref="OperationCanceledException">It was canceled; a command that ran was interrupted.</exception>
    public static ConsoleCommandResult Run(ConsoleCapture capture, ConsoleCommand command, CancellationToken cancellationToken)
    {
        if (command.Script.IndexOf('\0') >= 0)
        {
            throw new ArgumentException("A shell takes no NUL character in a script.", nameof(command));
        }

        using var turn = capture.TakeTurn(cancellationToken);
        capture.WaitUntilConnected(command.ShellTimeout, cancellationToken);
        return new ConsoleShell(capture, command, cancellationToken).Run();
    }

    private ConsoleCommandResult Run()
    {
        FindShell(new Deadline(_command.ShellTimeout));
        var encoder = ChooseEncoder();
        Upload();
        try
        {
            return RunScript(encoder);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ConsoleShellException { Reason: ConsoleShellFailure.OutputTooLong })
        {
            Abandon();
            throw;
        }
    }

    private void FindShell(Deadline deadline)
    {
        LogInWhereAsked(ConsoleShellFailure.LoginRequired);
        while (!Answers())
        {
            if (deadline.HasPassed)
            {
                throw Failed(ConsoleShellFailure.NoShell);
            }

            LogInWhereAsked(_loggedIn ? ConsoleShellFailure.LoginFailed : ConsoleShellFailure.LoginRequired);
        }
    }

    private void LogInWhereAsked(ConsoleShellFailure otherwise)
    {
        var shown = LastLine(_ => true);
        if (LoginPrompt.IsMatch(shown) && _command.Credential is { } credential && !_loggedIn)
        {
            _loggedIn = true;
            LogIn(credential);
        }
        else if (LoginPrompt.IsMatch(shown) || PasswordPrompt.IsMatch(shown))
        {
            throw Failed(otherwise);
        }
    }

    /// <summary>Asks for a sign of a shell. What stands on its line is wiped away first.</summary>
    private bool Answers()
    {
        var answer = $"alive{_probes++}";
        _talk.Press(LinuxKitConsoleKey.CtrlU, _cancellationToken);
        _talk.Type(_script.Probe(answer), _cancellationToken);
        return _talk.WaitFor(_script.Answer(answer), new Deadline(ProbeTimeout), _cancellationToken) != null;
    }

    private void LogIn(NetworkCredential credential)
    {
        var deadline = new Deadline(LoginTimeout);
        _talk.Type(credential.UserName, _cancellationToken);
        while (!PasswordPrompt.IsMatch(_talk.Rest) && !deadline.HasPassed && _talk.Listen(deadline, _cancellationToken))
        {
            if (Refused.IsMatch(_talk.Rest))
            {
                throw Failed(ConsoleShellFailure.LoginFailed);
            }
        }

        if (PasswordPrompt.IsMatch(_talk.Rest))
        {
            _talk.Type(credential.Password, _cancellationToken);
        }
    }

    private string ChooseEncoder()
    {
        _talk.Type(_script.ChooseEncoder, _cancellationToken);
        Expect(_script.EncoderAnswer);
        var encoder = Expect(ShellScript.AnswerEnd);
        return _command.Input is null || encoder == ShellOutput.Base64
            ? encoder
            : throw Failed(ConsoleShellFailure.NoBase64);
    }

    private void Upload()
    {
        // Line by line: what is typed ahead of a shell is lost when it is more than a terminal holds.
        var number = 0;
        foreach (var line in _script.Upload(_command.Script, _command.Input))
        {
            _talk.Type(line, _cancellationToken);
            Expect(_script.Answer(ShellScript.Number(number++)));
        }
    }

    private ConsoleCommandResult RunScript(string encoder)
    {
        _talk.Type(_script.Run(_command.Input != null), _cancellationToken);
        var deadline = new Deadline(_command.Timeout);
        var duration = Stopwatch.StartNew();
        Expect(_script.RunAnswer);
        var output = _talk.WaitFor(_script.ExitAnswer, deadline, _cancellationToken);
        return output is null
            ? InterruptScript(encoder, duration.Elapsed)
            : ResultOf(ReadExitCode(), encoder, output, duration.Elapsed);
    }

    private int ReadExitCode() => int.TryParse(Expect(ShellScript.AnswerEnd), NumberStyles.None, CultureInfo.InvariantCulture, out var exitCode)
        ? exitCode
        : throw Failed(ConsoleShellFailure.OutputDisturbed);

    private ConsoleCommandResult InterruptScript(string encoder, TimeSpan duration)
    {
        var output = _talk.Rest;
        var isUsable = Interrupts.Any(key =>
        {
            _talk.Press(key, _cancellationToken);
            return Answers();
        });
        return ResultOf(exitCode: null, encoder, output, duration, isUsable);
    }

    /// <summary>Lets go of a command when the caller is stopped: without waiting for what comes of it.</summary>
    private void Abandon()
    {
        using var limit = new CancellationTokenSource(StopTimeout);
        try
        {
            _talk.Press(LinuxKitConsoleKey.CtrlC, limit.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ConsolePipeException)
        {
            // The guest takes no input, or is gone.
        }
    }

    private string Expect(string text) =>
        _talk.WaitFor(text, new Deadline(AnswerTimeout), _cancellationToken) ?? throw Failed(ConsoleShellFailure.NoShell);

    private ConsoleCommandResult ResultOf(int? exitCode, string encoder, string output, TimeSpan duration, bool isUsable = true)
    {
        try
        {
            var bytes = exitCode is null ? ShellOutput.DecodeBeginning(encoder, output) : ShellOutput.Decode(encoder, output);
            return new ConsoleCommandResult(VMName, _command.Script, exitCode, bytes, duration, isUsable);
        }
        catch (FormatException)
        {
            throw Failed(ConsoleShellFailure.OutputDisturbed);
        }
    }

    private ConsoleShellException Failed(ConsoleShellFailure reason) => new(reason, VMName, LastLine(line => !ShellScript.IsIn(line.Text)));

    private string LastLine(Func<ConsoleLine, bool> isSought)
    {
        var reader = new ConsoleLineReader(VMName, _capture.ReadTail(TailBytes));
        reader.LimitToNow();
        ConsoleLine? last = null;
        while (reader.TryRead(out var line))
        {
            last = isSought(line) ? line : last;
        }

        last = reader.Peek() is { } unfinished && isSought(unfinished) ? unfinished : last;
        return last?.Text ?? string.Empty;
    }
}
