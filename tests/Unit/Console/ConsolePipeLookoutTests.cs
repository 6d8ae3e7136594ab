using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsolePipeLookoutTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneThreadFindsAllPipesAndTakesNoConnectionOfTheirs()
    {
        var threads = new ConcurrentBag<int>();
        var ports = Enumerable.Range(0, 20).Select(_ => ComPort.Off()).ToList();
        var lookout = ConsolePipeLookout.Of(nameof(OneThreadFindsAllPipesAndTakesNoConnectionOfTheirs));
        var found = ports.Select(port => LookFor(lookout, ConsolePipePath.Parse(port.Path), threads)).ToList();
        Assert.True(SpinWait.SpinUntil(() => !threads.IsEmpty, Limit));
        Assert.All(found, pipe => Assert.False(pipe.IsCompleted));

        ports.ForEach(port => port.TurnOn());

        await Task.WhenAll(found).WaitAsync(Limit, Canceled);
        Assert.Single(threads.Distinct());
        foreach (var port in ports)
        {
            using var client = ConsolePipe.Open(ConsolePipePath.Parse(port.Path), _ => { }, Canceled);
            await port.WaitForClient().WaitAsync(Limit, Canceled);
            port.Dispose();
        }
    }

    [Fact]
    public async Task AComputerThatDoesNotAnswerKeepsOnlyItsOwnPipesWaiting()
    {
        var (asked, answer) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        ConsolePipeLookout.Of("silent").Add(() =>
        {
            asked.Set();
            return answer.Wait(Limit);
        });
        Assert.True(asked.Wait(Limit, Canceled));
        using var port = ComPort.On();

        await LookFor(ConsolePipeLookout.Of("."), ConsolePipePath.Parse(port.Path), []).WaitAsync(Limit, Canceled);

        Assert.False(answer.IsSet);
        answer.Set();
    }

    [Fact]
    public void AComputerHasOneHoweverItsNameIsWritten() => Assert.Same(ConsolePipeLookout.Of("host"), ConsolePipeLookout.Of("HOST"));

    private static Task LookFor(ConsolePipeLookout lookout, ConsolePipePath path, ConcurrentBag<int> threads)
    {
        var found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lookout.Add(() =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            if (!ConsolePipe.Exists(path))
            {
                return false;
            }

            found.SetResult();
            return true;
        });
        return found.Task;
    }
}
