using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Native.Windows;

namespace LinuxKitHyperV.Terminal;

/// <summary>
/// A Windows console with virtual terminal sequences both ways. It is read and written as UTF-16, which needs no
/// code page: with code page 65001 older consoles lose typed characters outside ASCII, and split those that they show.
/// </summary>
internal sealed class WindowsTerminal : ITerminal
{
    private const int RecordCount = 256;
    private const int WriteLimit = 8192;
    private const char Null = '\0';

    private static readonly string[] OpenSshVariables = ["SSH_TTY", "SSH_CONNECTION"];

    private readonly object _gate = new();
    private readonly IntPtr _input = Kernel32.GetStdHandle(Kernel32.StandardInput);
    private readonly IntPtr _output = Kernel32.GetStdHandle(Kernel32.StandardOutput);
    private readonly uint _inputBefore;
    private readonly uint _outputBefore;
    private readonly Kernel32.InputRecord[] _records = new Kernel32.InputRecord[RecordCount];
    private readonly StringBuilder _typed = new();
    private readonly Encoder _encoder = new UTF8Encoding(false).GetEncoder();
    private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();
    private readonly char[] _shown = new char[WriteLimit];
    private byte[] _pending = [];
    private int _pendingOffset;
    private bool _restored;

    /// <summary>Puts the console in raw mode.</summary>
    public WindowsTerminal()
    {
        Check(Kernel32.GetConsoleMode(_input, out _inputBefore));
        Check(Kernel32.GetConsoleMode(_output, out _outputBefore));
        ProcessEnd.Ending += OnProcessEnding;
        try
        {
            Check(Kernel32.SetConsoleMode(_input, (_inputBefore & ~Kernel32.CookedInput) | Kernel32.VirtualTerminalInput));
            Check(Kernel32.SetConsoleMode(_output, _outputBefore | Kernel32.VirtualTerminalOutput));
        }
        catch (Win32Exception)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether both the input and the output of this process are a console that somebody sees.</summary>
    public static bool IsAvailable =>
        IsSeen(Environment.UserInteractive, ProcessName, Environment.GetEnvironmentVariable) &&
        Kernel32.GetConsoleMode(Kernel32.GetStdHandle(Kernel32.StandardInput), out _) &&
        Kernel32.GetConsoleMode(Kernel32.GetStdHandle(Kernel32.StandardOutput), out _);

    private static string ProcessName
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.ProcessName;
        }
    }

    /// <summary>
    /// Whether somebody sees the console of a process: a service and a scheduled task may have one in a session without a desktop, and ISE hides
    /// its own. Windows' OpenSSH is a service too, and its consoles are seen at the other end (PowerShell/Win32-OpenSSH#837).
    /// </summary>
    /// <param name="isInteractive">Whether the session has a desktop.</param>
    /// <param name="processName">The process.</param>
    /// <param name="variable">Gives its environment variables.</param>
    public static bool IsSeen(bool isInteractive, string processName, Func<string, string?> variable) =>
        (isInteractive || Array.Exists(OpenSshVariables, name => !string.IsNullOrEmpty(variable(name)))) &&
        !processName.Equals("powershell_ise", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public int Read(byte[] buffer, CancellationToken cancellationToken)
    {
        while (_pendingOffset == _pending.Length)
        {
            if (!WaitForInput(cancellationToken))
            {
                return 0;
            }

            if (!Kernel32.ReadConsoleInput(_input, _records, RecordCount, out var count))
            {
                return 0;
            }

            Take((int)count);
        }

        var taken = Math.Min(buffer.Length, _pending.Length - _pendingOffset);
        Buffer.BlockCopy(_pending, _pendingOffset, buffer, 0, taken);
        _pendingOffset += taken;
        return taken;
    }

    /// <inheritdoc/>
    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        // Windows makes a write wait by itself; between two of them one can let go.
        while (count > 0)
        {
            _decoder.Convert(buffer, offset, count, _shown, 0, _shown.Length, flush: false, out var used, out var chars, out _);
            offset += used;
            count -= used;
            Show(chars);
            if (count > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Puts back the modes that were found.</summary>
    public void Dispose()
    {
        ProcessEnd.Ending -= OnProcessEnding;
        Restore();
    }

    private static void Check(bool success)
    {
        if (!success)
        {
            throw new Win32Exception();
        }
    }

    private bool WaitForInput(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var handles = new[] { _input, cancellationToken.WaitHandle.SafeWaitHandle.DangerousGetHandle() };
        var signaled = Kernel32.WaitForMultipleObjects((uint)handles.Length, handles, false, Kernel32.Infinite);
        cancellationToken.ThrowIfCancellationRequested();
        return signaled == 0;
    }

    private void Take(int count)
    {
        _typed.Clear();
        for (var i = 0; i < count; i++)
        {
            var record = _records[i];
            if (record.Type == Kernel32.KeyEvent && IsTyped(record.Key))
            {
                _typed.Append(record.Key.Character, Math.Max(1, (int)record.Key.RepeatCount));
            }
        }

        // The encoder keeps half of a surrogate pair until the other half is typed.
        var chars = _typed.ToString().ToCharArray();
        _pending = new byte[_encoder.GetByteCount(chars, 0, chars.Length, flush: false)];
        _encoder.GetBytes(chars, 0, chars.Length, _pending, 0, flush: false);
        _pendingOffset = 0;
    }

    // A character composed with Alt and the number pad comes when Alt is let go; Ctrl+Space types a NUL.
    private static bool IsTyped(Kernel32.KeyRecord key) => key switch
    {
        { IsDown: 0 } => key is { VirtualKey: Kernel32.AltKey, Character: not Null },
        { Character: not Null } => true,
        _ => key is { VirtualKey: Kernel32.SpaceKey } && (key.ControlState & Kernel32.CtrlPressed) != 0,
    };

    private void Show(int chars)
    {
        while (chars > 0)
        {
            Check(Kernel32.WriteConsole(_output, _shown, (uint)chars, out var written, IntPtr.Zero));
            chars -= (int)written;
            Array.Copy(_shown, written, _shown, 0, chars);
        }
    }

    private void OnProcessEnding() => Restore();

    private void Restore()
    {
        lock (_gate)
        {
            if (_restored)
            {
                return;
            }

            _restored = true;
            Kernel32.SetConsoleMode(_input, _inputBefore);
            Kernel32.SetConsoleMode(_output, _outputBefore);
        }
    }
}
