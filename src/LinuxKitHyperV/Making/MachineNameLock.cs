using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Making;

/// <summary>Keeps other processes of this computer from making VMs of the same names meanwhile: Hyper-V itself allows several VMs of one name.</summary>
internal sealed class MachineNameLock : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, Mutex> _held = new(StringComparer.Ordinal);
    private readonly HyperVHost _host;

    private MachineNameLock(HyperVHost host) => _host = host;

    /// <summary>Waits until nobody else is making VMs of these names.</summary>
    /// <param name="host">The host that they are made on.</param>
    /// <param name="names">The names.</param>
    /// <param name="wait">How it waits.</param>
    /// <param name="open">Opens the mutex of a name.</param>
    /// <exception cref="LinuxKitException">VMNameLocked.</exception>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped meanwhile.</exception>
    public static MachineNameLock Acquire(HyperVHost host, IEnumerable<string> names, PatientWait wait, Func<string, Mutex>? open = null)
    {
        var held = new MachineNameLock(host);
        var isHeld = false;
        try
        {
            // In one order for all, or two that want the same names might wait for each other.
            foreach (var (mutex, name) in names.Select(name => (Mutex: MutexName(host, name), name)).OrderBy(name => name.Mutex, StringComparer.Ordinal))
            {
                if (!held._held.ContainsKey(mutex))
                {
                    held.Acquire(mutex, name, open ?? Open, wait);
                }
            }

            isHeld = true;
            return held;
        }
        finally
        {
            if (!isHeld)
            {
                held.Dispose();
            }
        }
    }

    /// <summary>Lets others make VMs of a name. On the thread that acquired the lock, as with every mutex.</summary>
    public void Release(string name)
    {
        var key = MutexName(_host, name);
        if (_held.TryGetValue(key, out var held))
        {
            _held.Remove(key);
            Release(held);
        }
    }

    /// <summary>Lets others make VMs of all these names.</summary>
    public void Dispose()
    {
        foreach (var held in _held.Values)
        {
            Release(held);
        }

        _held.Clear();
    }

    private static void Release(Mutex held)
    {
        using (held)
        {
            held.ReleaseMutex();
        }
    }

    private static Mutex Open(string name) => new(initiallyOwned: false, name);

    private void Acquire(string mutexName, string name, Func<string, Mutex> open, PatientWait wait)
    {
        Mutex mutex;
        try
        {
            mutex = open(mutexName);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or WaitHandleCannotBeOpenedException or IOException)
        {
            throw new LinuxKitException(
                "VMNameLocked",
                FailureKind.ResourceBusy,
                exception is UnauthorizedAccessException
                    ? "Another user of this computer is making a VM of that name."
                    : $"Whether another process is making a VM of that name cannot be told. {exception.Message}",
                mutexName,
                "Try again in a moment, or choose another name.",
                exception);
        }

        var isHeld = false;
        try
        {
            // In steps, because a named mutex cannot be waited for together with a token on every system.
            isHeld = wait.Until($"another process, which is making a VM named '{name}'", Timeout.InfiniteTimeSpan, TimeSpan.Zero, () => mutex.WaitOne(Step));
        }
        catch (AbandonedMutexException)
        {
            // Whoever held it was killed; now it is ours.
            isHeld = true;
        }
        finally
        {
            if (!isHeld)
            {
                mutex.Dispose();
            }
        }

        _held.Add(mutexName, mutex);
    }

    // A mutex' name takes neither every character nor every length that a VM's takes.
    private static string MutexName(HyperVHost host, string name)
    {
        var text = $"{(host.IsLocal ? "." : host.ToString())}\n{name}".ToUpperInvariant();
        return $@"Global\LinuxKitHyperV-{Digest.Of(Encoding.UTF8.GetBytes(text), 16)}";
    }
}
