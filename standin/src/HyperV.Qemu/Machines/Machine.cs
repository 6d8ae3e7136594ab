using System;
using System.Threading;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Engine;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>A machine on a host: it keeps nothing itself, so that every look of a cmdlet at it is a look at what is now.</summary>
internal sealed class Machine
{
    private MachineDefinition _last;

    public Machine(VirtualizationHost host, MachineDefinition definition)
    {
        Host = host;
        _last = definition;
    }

    /// <summary>The host that it is on.</summary>
    public VirtualizationHost Host { get; }

    /// <summary>Its id.</summary>
    public Guid Id => _last.Id;

    /// <summary>Whether it was removed.</summary>
    public bool IsDeleted => Host.Store.Read(Id) is null;

    /// <summary>What it is; after its removal, what it was last.</summary>
    public MachineDefinition Definition => _last = (Seen is { } seen ? seen.Definition : Host.Store.Read(Id)) ?? _last;

    /// <summary>What the engine says of it.</summary>
    public MachineStatus Status => Seen?.Status ?? Host.Engine.Query(RuntimeFolder);

    /// <summary>What Hyper-V calls its state.</summary>
    public VMState State => Status.Power switch
    {
        PowerState.Running => VMState.Running,
        PowerState.Paused => VMState.Paused,
        _ => Definition.Saved ? VMState.Saved : VMState.Off,
    };

    /// <summary>Where the engine keeps what it knows of it.</summary>
    public string RuntimeFolder => Host.Store.RuntimeFolder(Id);

    private MachineLook? Seen => PropertyAge.Of(RuntimeFolder, () => new MachineLook(Host.Store.Read(Id), Host.Engine.Query(RuntimeFolder)));

    /// <summary>Has the process look at it, if it has not just done so.</summary>
    public void See() => _ = Seen;

    /// <summary>Changes what it is.</summary>
    /// <exception cref="VirtualizationException">It is gone.</exception>
    public void Change(Action<MachineDefinition> change)
        => Changed(Host.Store.Change(Id, change));

    /// <summary>Changes what may change only while nothing runs and nothing is saved.</summary>
    /// <exception cref="VirtualizationException">It is gone, or it is not off.</exception>
    public void ChangeWhileOff(Action<MachineDefinition> change, Func<Exception> refusal)
    {
        using var exclusive = Host.Store.Lock(Id);
        if (State != VMState.Off)
        {
            throw refusal();
        }

        Changed(Host.Store.ChangeLocked(Id, change));
    }

    /// <summary>Changes what it is; while it is on, the engine follows, or nothing changes.</summary>
    /// <exception cref="VirtualizationException">It is gone, it is saved, or the engine cannot follow.</exception>
    public void ChangeLive(string summary, Action<MachineDefinition> change, Action follow)
    {
        using var exclusive = Host.Store.Lock(Id);
        var state = State;
        if (state == VMState.Saved)
        {
            throw Errors.NotModifiableNow(Definition);
        }

        Changed(Host.Store.ChangeLocked(Id, definition =>
        {
            change(definition);
            if (state != VMState.Off)
            {
                Do(summary, follow);
            }
        }));
    }

    /// <summary>Powers it on, or brings its saved memory back.</summary>
    public void Start(CancellationToken cancellation)
    {
        using var exclusive = Host.Store.Lock(Id, cancellation);
        var machine = Host.Store.Read(Id) ?? throw Errors.NotAccessible(Host);
        try
        {
            Breakdown.RequireStartable(Host, machine);
            Attachments.Check(machine, Host);
            AssignMacAddresses(machine);
            var hardware = Hardware.Of(machine, Host.Store.Settings);
            if (machine.Saved)
            {
                Host.Engine.Restore(hardware, RuntimeFolder, cancellation);
            }
            else
            {
                Host.Engine.Start(hardware, RuntimeFolder, cancellation);
            }
        }
        catch (EngineException exception)
        {
            throw EngineErrors.Translate(machine, "failed to start.", exception);
        }

        Changed(Host.Store.ChangeLocked(Id, definition =>
        {
            definition.Adapters = machine.Adapters;
            definition.Security.TpmInitialized |= definition.Security.TpmEnabled;
            definition.Saved = false;
        }));
    }

    /// <summary>Pulls the plug; a saved machine loses its memory.</summary>
    public void TurnOff()
    {
        using var exclusive = Host.Store.Lock(Id);
        Do("failed to turn off.", () => Host.Engine.TurnOff(RuntimeFolder));
        Changed(Host.Store.ChangeLocked(Id, definition => definition.Saved = false));
    }

    /// <summary>Presses the power button.</summary>
    /// <param name="force">Whether a guest that somebody has locked shuts down too.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Whether the guest complied.</returns>
    public bool ShutDown(bool force, TimeSpan timeout, CancellationToken cancellation)
    {
        var off = false;
        Do("failed to shut down.", () => off = Host.Engine.ShutDown(RuntimeFolder, force, timeout, cancellation));
        return off;
    }

    /// <summary>Presses the reset button.</summary>
    public void Reset() => Do("failed to reset.", () => Host.Engine.Reset(RuntimeFolder));

    /// <summary>Stops its processors.</summary>
    public void Pause() => Do("failed to pause.", () => Host.Engine.Pause(RuntimeFolder));

    /// <summary>Lets its processors go on.</summary>
    public void Resume() => Do("failed to resume.", () => Host.Engine.Resume(RuntimeFolder));

    /// <summary>Keeps its memory, and ends it.</summary>
    public void Save()
    {
        using var exclusive = Host.Store.Lock(Id);
        Do("failed to save.", () => Host.Engine.Save(RuntimeFolder));
        Changed(Host.Store.ChangeLocked(Id, definition => definition.Saved = true));
    }

    /// <summary>Does something with its files: while it is on it is saved for that, and then goes on as it was.</summary>
    public void WhileNothingRuns(Action work)
    {
        var state = State;
        if (state is not (VMState.Running or VMState.Paused))
        {
            work();
            return;
        }

        Save();
        try
        {
            work();
        }
        finally
        {
            Start(CancellationToken.None);
            if (state == VMState.Paused)
            {
                Pause();
            }
        }
    }

    /// <summary>Removes it; its disks stay.</summary>
    public void Remove()
    {
        using var exclusive = Host.Store.Lock(Id);
        if (IsDeleted)
        {
            throw Errors.NotAccessible(Host);
        }

        if (State is not (VMState.Off or VMState.Saved))
        {
            throw Errors.OperationFailed(
                Definition,
                ErrorIdentifier.InvalidState,
                "could not be removed.",
                "The operation cannot be performed while the virtual machine is in its current state.");
        }

        Do("could not be removed.", () => Host.Engine.TurnOff(RuntimeFolder));
        Host.Store.RemoveLocked(Id);
        PropertyAge.Forget(RuntimeFolder);
    }

    /// <summary>Removes it as another program would: without a word, whatever its state.</summary>
    public void Vanish()
    {
        using var exclusive = Host.Store.Lock(Id);
        if (!IsDeleted)
        {
            Host.Engine.TurnOff(RuntimeFolder);
            Host.Store.RemoveLocked(Id);
        }
    }

    private void Changed(MachineDefinition? definition)
    {
        PropertyAge.Forget(RuntimeFolder);
        _last = definition ?? throw Errors.NotAccessible(Host);
    }

    private void Do(string summary, Action work)
    {
        try
        {
            work();
            PropertyAge.Forget(RuntimeFolder);
        }
        catch (EngineException exception)
        {
            throw EngineErrors.Translate(Definition, summary, exception);
        }
    }

    private void AssignMacAddresses(MachineDefinition machine)
    {
        foreach (var adapter in machine.Adapters)
        {
            if (adapter is { DynamicMacAddress: true, MacAddress: AdapterDefinition.NoMacAddress })
            {
                Host.Store.ChangeSettings(settings => adapter.MacAddress = settings.NextMacAddress());
            }
        }
    }
}
