using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Making;

/// <summary>Keeps other processes of this computer from making VMs of the same names meanwhile: Hyper-V itself allows several VMs of one name.</summary>
internal sealed class MachineNameLock : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly Stack<Mutex> _held = new();

    private MachineNameLock()
    {
    }

    /// <summary>Waits until nobody else is making VMs of these names.</summary>
    /// <param name="host">The host that they are made on.</param>
    /// <param name="names">The names.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="open">Opens the mutex of a name.</param>
    /// <exception cref="LinuxKitException">VMNameLocked.</exception>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped meanwhile.</exception>
    public static MachineNameLock Acquire(HyperVHost host, IEnumerable<string> names, CancellationToken cancellation, Func<string, Mutex>? open = null)
    {
        var held = new MachineNameLock();
        var isHeld = false;
        try
        {
            // In one order for all, or two that want the same names might wait for each other.
            foreach (var name in names.Select(name => MutexName(host, name)).Distinct().OrderBy(name => name, StringComparer.Ordinal))
            {
                held.Acquire(name, open ?? Open, cancellation);
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

    /// <summary>Lets others make VMs of these names. On the thread that acquired the lock, as with every mutex.</summary>
    public void Dispose()
    {
        while (_held.Count > 0)
        {
            using var mutex = _held.Pop();
            mutex.ReleaseMutex();
        }
    }

    private static Mutex Open(string name) => new(initiallyOwned: false, name);

    private void Acquire(string mutexName, Func<string, Mutex> open, CancellationToken cancellation)
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

        try
        {
            // In steps, because a named mutex cannot be waited for together with a token on every system.
            while (!mutex.WaitOne(Step))
            {
                if (cancellation.IsCancellationRequested)
                {
                    mutex.Dispose();
                    throw new PipelineStoppedException();
                }
            }
        }
        catch (AbandonedMutexException)
        {
            // Whoever held it was killed; now it is ours.
        }

        _held.Push(mutex);
    }

    // A mutex' name takes neither every character nor every length that a VM's takes.
    private static string MutexName(HyperVHost host, string name)
    {
        var text = $"{(host.IsLocal ? "." : host.ToString())}\n{name}".ToUpperInvariant();
        return $@"Global\LinuxKitHyperV-{Digest.Of(Encoding.UTF8.GetBytes(text), 16)}";
    }
}
