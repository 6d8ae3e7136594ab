using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using Xunit;

namespace Sandbox.Tests;

/// <summary>The program, started with redirected streams or on a terminal of its own.</summary>
internal sealed class SandboxProcess : IDisposable
{
    private const string TerminalProgram = "/usr/bin/script";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Sandbox");

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Thread _reader;
    private int _seen;

    private SandboxProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["TERM"] = "xterm";
        start.Environment.Remove("PSModulePath");
        _process = Process.Start(start)!;
        _reader = new Thread(ReadOutput);
        _reader.Start();
    }

    /// <summary>The process that gets the signals.</summary>
    public int Id => _process.Id;

    public StreamWriter Input => _process.StandardInput;

    /// <summary>What it has written to standard output or to its terminal.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it without the two modules.</summary>
    public static SandboxProcess Start(params string[] arguments) => StartBare(["-NoModules", .. arguments]);

    public static SandboxProcess StartBare(params string[] arguments)
    {
        var start = new ProcessStartInfo("env");
        foreach (string argument in (string[])[.. Environment(), Program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return new SandboxProcess(start);
    }

    /// <summary>Starts it without the two modules, on a terminal; what is written to the input is typed there.</summary>
    public static SandboxProcess StartOnTerminal(string options = "", string environment = "")
    {
        Assert.SkipUnless(File.Exists(TerminalProgram), $"{TerminalProgram} (util-linux) makes the terminal, and is not there.");
        string command = $"stty cols 80 rows 24; exec env {string.Join(' ', Environment())} {environment} '{Program}' -NoModules {options}";
        return new SandboxProcess(new ProcessStartInfo(TerminalProgram, ["--quiet", "--return", "--command", command, "/dev/null"]));
    }

    /// <summary>Closes its input, runs it to its end.</summary>
    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var sandbox = Start(arguments);
        return sandbox.End();
    }

    /// <summary>Waits for output that was not waited for before.</summary>
    public void WaitFor(string text)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            int index = Output.IndexOf(text, _seen, StringComparison.Ordinal);
            if (index >= 0)
            {
                _seen = index + text.Length;
                return;
            }

            Assert.True(watch.Elapsed < Limit, $"No '{text}' in: {Output[_seen..]}");
            Thread.Sleep(20);
        }
    }

    public void Type(string text)
    {
        Input.Write(text);
        Input.Flush();
    }

    public void Signal(string name)
    {
        // The shell's own kill: a small system has no program of that name.
        using var kill = Process.Start("sh", ["-c", $"kill -s {name} {Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public (int ExitCode, string Output, string Error) End()
    {
        Input.Close();
        return WaitForEnd();
    }

    public (int ExitCode, string Output, string Error) WaitForEnd()
    {
        string error = _process.StandardError.ReadToEnd();
        Assert.True(_process.WaitForExit(Limit), $"It did not end: {Output}");
        _reader.Join();
        return (_process.ExitCode, Output, error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    /// <summary>Signals as they are by default, whatever the tests were started with, and no settings of the caller's terminal.</summary>
    private static string[] Environment() => ["--default-signal=INT,TERM,HUP", "--unset=NO_COLOR"];

    private void ReadOutput()
    {
        char[] buffer = new char[4096];
        for (int count = Read(); count > 0; count = Read())
        {
            lock (_output)
            {
                _output.Append(buffer, 0, count);
            }
        }

        int Read() => _process.StandardOutput.Read(buffer, 0, buffer.Length);
    }
}
