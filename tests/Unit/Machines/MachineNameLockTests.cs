using System;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

public sealed class MachineNameLockTests
{
    private readonly string _name = Guid.NewGuid().ToString();

    [Fact]
    public void SaysThatAnotherUserMakesAVMOfTheName()
    {
        var exception = Assert.Throws<LinuxKitException>(() => Acquire(_name, open: _ => throw new UnauthorizedAccessException("Access to the path is denied.")));
        Assert.Equal(("VMNameLocked", FailureKind.ResourceBusy), (exception.ErrorId, exception.Kind));
    }

    [Fact]
    public void SaysThatSomethingElseHasTheNameOfTheMutex()
    {
        var exception = Assert.Throws<LinuxKitException>(() => Acquire(_name, open: _ => throw new WaitHandleCannotBeOpenedException("An event has that name.")));
        Assert.Equal("VMNameLocked", exception.ErrorId);
        Assert.Contains("An event has that name.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeepsTheNameFromOthersUntilItIsReleased()
    {
        string? mutex = null;
        using (Acquire(_name, open: name => new Mutex(initiallyOwned: false, mutex = name)))
        {
            using var stopping = new CancellationTokenSource();
            stopping.Cancel();
            Assert.Throws<PipelineStoppedException>(() => OnAnotherThread(() => MachineNameLock.Acquire(HyperVHost.Local, _name.ToUpperInvariant(), Wait(stopping.Token))));
        }

        AssertFree(mutex!);
    }

    [Fact]
    public void LeavesOtherNamesAndOtherHostsAlone()
    {
        using var held = Acquire(_name);

        Assert.False(IsFree(HyperVHost.Local, _name));
        Assert.True(IsFree(HyperVHost.Local, _name + "2"));
        Assert.True(IsFree(new HyperVHost("elsewhere", null, null), _name));
    }

    [Fact]
    public void TakesOverFromAProcessThatWasKilled()
    {
        OnAnotherThread(() => _ = Acquire(_name));
        using (MachineNameLock.Acquire(HyperVHost.Local, _name, Wait(new CancellationToken(canceled: true))))
        {
            Assert.False(IsFree(HyperVHost.Local, _name));
        }

        Assert.True(IsFree(HyperVHost.Local, _name));
    }

    /// <summary>Whether a name could be had at once: a wait for it would be canceled.</summary>
    private static bool IsFree(HyperVHost host, string name)
    {
        var isFree = true;
        OnAnotherThread(() =>
        {
            try
            {
                MachineNameLock.Acquire(host, name, Wait(new CancellationToken(canceled: true))).Dispose();
            }
            catch (PipelineStoppedException)
            {
                isFree = false;
            }
        });
        return isFree;
    }

    private static MachineNameLock Acquire(string name, Func<string, Mutex>? open = null) =>
        MachineNameLock.Acquire(HyperVHost.Local, name, Wait(TestContext.Current.CancellationToken), open);

    private static PatientWait Wait(CancellationToken stopping) => new(new SilentReport(), stopping);

    private static void AssertFree(string name) => OnAnotherThread(() =>
    {
        using var mutex = new Mutex(initiallyOwned: false, name);
        Assert.True(mutex.WaitOne(TimeSpan.Zero));
        mutex.ReleaseMutex();
    });

    // A mutex is its thread's: the same thread would get it again.
    private static void OnAnotherThread(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                thrown = exception;
            }
        });
        thread.Start();
        thread.Join();
        if (thrown is not null)
        {
            throw thrown;
        }
    }
}
