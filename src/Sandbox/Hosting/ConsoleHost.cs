using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace Sandbox.Hosting;

/// <summary>What the engine sees of this program.</summary>
internal sealed class ConsoleHost : PSHost
{
    private readonly ConsoleUserInterface _ui;
    private int _nestedPrompts;
    private bool _leavesNestedPrompt;

    public ConsoleHost(Terminal terminal, Interruption interruption, bool mayAsk)
    {
        _ui = new ConsoleUserInterface(terminal, interruption, mayAsk);
    }

    /// <summary>Runs a prompt inside a pipeline, until <see cref="LeavesPrompt"/>.</summary>
    public Action NestedPrompt { get; set; } = () => throw new InvalidOperationException("This host has no prompt.");

    /// <summary>The exit code that was asked for by exit; null before.</summary>
    public int? ExitCode { get; private set; }

    public bool InNestedPrompt => _nestedPrompts > 0;

    /// <summary>Whether the innermost prompt is to end.</summary>
    public bool LeavesPrompt => ExitCode is not null || _leavesNestedPrompt;

    public override string Name => "LinuxKitHyperV sandbox";

    public override Version Version { get; } = typeof(ConsoleHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI => _ui;

    /// <summary>To be called when a pipeline has ended: a progress line does not outlive it.</summary>
    public void EndOfPipeline() => _ui.ClearProgress();

    public override void SetShouldExit(int exitCode)
    {
        if (InNestedPrompt)
        {
            _leavesNestedPrompt = true;
        }
        else
        {
            ExitCode = exitCode;
        }
    }

    public override void EnterNestedPrompt()
    {
        _nestedPrompts++;
        try
        {
            NestedPrompt();
        }
        finally
        {
            _nestedPrompts--;
            _leavesNestedPrompt = false;
        }
    }

    public override void ExitNestedPrompt() => _leavesNestedPrompt = true;

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
