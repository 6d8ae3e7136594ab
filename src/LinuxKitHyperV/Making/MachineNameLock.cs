using System;
using System.IO;
using System.Management.Automation;
using System.Text;
using System.Threading;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Making;

/// <summary>Keeps other processes of this computer from making a VM of the same name meanwhile: Hyper-V itself allows several VMs of one name.</summary>
internal sealed class MachineNameLock : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly Mutex _held;

    private MachineNameLock(Mutex held) => _held = held;

    /// <summary>Waits until nobody else is making a VM of a name.</summary>
    /// <param name="host">The host that it is made on.</param>
    /// <param name="name">The name.</param>
    /// <param name="wait">How it waits.</param>
    /// <param name="open">Opens the mutex of a name.</param>
    /// <exception cref="LinuxKitException">VMNameLocked.</exception>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped meanwhile.</exception>
    public static MachineNameLock Acquire(HyperVHost host, string name, PatientWait wait, Func<string, Mutex>? open = null)
    {
        var mutex = Open(MutexName(host, name), open ?? (mutexName => new Mutex(initiallyOwned: false, mutexName)));
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

        return new MachineNameLock(mutex);
    }

    /// <summary>Lets others make a VM of the name. On the thread that acquired the lock, as with every mutex.</summary>
    public void Dispose()
    {
        using (_held)
        {
            _held.ReleaseMutex();
        }
    }

    private static Mutex Open(string mutexName, Func<string, Mutex> open)
    {
        try
        {
            return open(mutexName);
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
    }

    // A mutex' name takes neither every character nor every length that a VM's takes.
    private static string MutexName(HyperVHost host, string name)
    {
        var text = $"{(host.IsLocal ? "." : host.ToString())}\n{name}".ToUpperInvariant();
        return $@"Global\LinuxKitHyperV-{Digest.Of(Encoding.UTF8.GetBytes(text), 16)}";
    }
}
