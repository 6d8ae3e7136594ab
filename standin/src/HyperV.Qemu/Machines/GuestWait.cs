using System;
using System.Diagnostics;
using System.Threading;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Waits for a guest.</summary>
/// <param name="machine">The guest's machine.</param>
/// <param name="condition">What is waited for.</param>
internal sealed class GuestWait(VirtualMachine machine, WaitCondition condition)
{
    /// <summary>Looks again and again.</summary>
    /// <param name="interval">How often.</param>
    /// <param name="patience">For how long; null for ever.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="VirtualizationException">It was in vain.</exception>
    public void Run(TimeSpan interval, TimeSpan? patience, CancellationToken cancellation)
    {
        var waiting = Stopwatch.StartNew();
        while (!IsMet())
        {
            var left = (patience - waiting.Elapsed) ?? TimeSpan.MaxValue;
            if (left <= TimeSpan.Zero)
            {
                throw new VirtualizationException(ErrorIdentifier.OperationFailed, $"The wait for '{machine.Name}' timed out.");
            }

            cancellation.WaitHandle.WaitOne(left < interval ? left : interval);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private bool IsMet()
    {
        if (machine.IsDeleted)
        {
            throw Errors.NotAccessible(machine.Host);
        }

        return condition == WaitCondition.Heartbeat && machine.Heartbeat == VMHeartbeatStatus.OkApplicationsUnknown;
    }
}
