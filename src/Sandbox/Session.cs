using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using Sandbox.Hosting;

namespace Sandbox;

/// <summary>A runspace on the console: everything it runs is shown as pwsh shows it.</summary>
internal sealed class Session : IDisposable
{
    // Writes a record through the engine, so that it is formatted as an error and not as an object.
    private const string WriteErrorScript = """
        [CmdletBinding()] param([System.Management.Automation.ErrorRecord] $Record)
        $PSCmdlet.WriteError($Record)
        """;

    private const string FallbackPrompt = "PS>";

    private readonly Runspace _runspace;
    private readonly ConsoleHost _host;
    private readonly Interruption _interruption;

    public Session(ConsoleHost host, Interruption interruption)
    {
        _host = host;
        _interruption = interruption;

        // CreateDefault loads the assemblies of pwsh's own modules, which are not here.
        var state = InitialSessionState.CreateDefault2();
        _runspace = RunspaceFactory.CreateRunspace(host, state);
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
    }

    /// <summary>Imports modules by the paths of their manifests.</summary>
    /// <returns>False when one could not be imported; the error is shown.</returns>
    public bool Import(IEnumerable<string> manifests)
    {
        return Run(shell => shell
            .AddCommand(@"Microsoft.PowerShell.Core\Import-Module")
            .AddParameter("Name", manifests.ToArray())
            .AddParameter("Global")
            .AddParameter("ErrorAction", ActionPreference.Stop));
    }

    /// <summary>Runs script text.</summary>
    /// <returns>What $? says afterwards; false when the script was stopped or ended by an error.</returns>
    public bool Run(string script) => RunScript(script) is true;

    /// <summary>Runs a script file with arguments as they stand on a command line.</summary>
    /// <returns>The exit code: what the script's exit says, 1 when it was stopped or ended by an error, else 0.</returns>
    public int RunFile(string path, IEnumerable<string> arguments)
    {
        return RunScript(ScriptCall.Write(path, arguments)) switch
        {
            null => 1,
            true => 0,
            // A call of a script file that ends with "exit 3" has failed and leaves 3 in $LASTEXITCODE.
            false => GetVariable("LASTEXITCODE") as int? ?? 0,
        };
    }

    /// <summary>The text of the prompt function, or a plain one where that function fails.</summary>
    public string GetPrompt()
    {
        using var shell = CreateShell();
        try
        {
            return string.Concat(shell.AddCommand("prompt").Invoke<string>());
        }
        catch (RuntimeException)
        {
            return FallbackPrompt;
        }
    }

    public void Dispose() => _runspace.Dispose();

    /// <returns>What $? says afterwards; null when the script was stopped or ended by an error.</returns>
    private bool? RunScript(string script)
    {
        // Without AddToHistory the engine restores $? afterwards.
        var settings = new PSInvocationSettings { AddToHistory = true };
        return Run(shell => shell.AddScript(script), settings) ? GetVariable("?") is true : null;
    }

    /// <returns>Whether it ran to its end.</returns>
    private bool Run(Action<PowerShell> compose, PSInvocationSettings? settings = null)
    {
        using var shell = CreateShell();
        compose(shell);
        ShowResults(shell);
        try
        {
            Invoke(shell, settings, _interruption.Token);
            return shell.InvocationStateInfo.State == PSInvocationState.Completed;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException e)
        {
            Show(e.ErrorRecord);
            return false;
        }
        finally
        {
            _host.EndOfPipeline();
        }
    }

    private static void Invoke(PowerShell shell, PSInvocationSettings? settings, CancellationToken stop)
    {
        // A shell that is stopped before it runs cannot be invoked any more: a stop of that moment waits until it runs.
        shell.InvocationStateChanged += (_, _) => StopIfRunning();
        using var registration = stop.Register(StopIfRunning);
        shell.Invoke(input: null, settings);

        void StopIfRunning()
        {
            if (stop.IsCancellationRequested && shell.InvocationStateInfo.State == PSInvocationState.Running)
            {
                shell.BeginStop(callback: null, state: null);
            }
        }
    }

    private void Show(ErrorRecord record)
    {
        using var shell = CreateShell();
        shell.AddScript(WriteErrorScript)
            .AddParameter("Record", record)
            .AddParameter("ErrorAction", ActionPreference.Continue);
        ShowResults(shell);
        shell.Invoke();
    }

    private static void ShowResults(PowerShell shell)
    {
        shell.Commands.Commands[^1].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand(@"Microsoft.PowerShell.Core\Out-Default");
    }

    private object? GetVariable(string name)
    {
        using var shell = CreateShell();
        return shell.AddScript("$" + name).Invoke().FirstOrDefault()?.BaseObject;
    }

    /// <summary>In a nested prompt the pipeline that asked for it holds the runspace: what runs there nests in it.</summary>
    private PowerShell CreateShell()
    {
        return _host.InNestedPrompt ? PowerShell.Create(RunspaceMode.CurrentRunspace) : PowerShell.Create(_runspace);
    }
}
