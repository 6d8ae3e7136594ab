using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsoleBufferTests
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void SeveralReadersReadTheSameBytes()
    {
        var buffer = Booted(100);
        Append(buffer, "hello", Noon);
        var first = new ConsoleReader(buffer, 0);
        var second = new ConsoleReader(buffer, 1);

        Assert.Equal("hello", ReadAll(first));
        Assert.Equal("ello", ReadAll(second));
        Assert.Equal(5, first.Position);
    }

    [Fact]
    public void TheOldestBytesAreDroppedAndCounted()
    {
        const long Size = ConsoleChunk.Size;
        var buffer = Booted(3 * ConsoleChunk.Size);
        var written = new byte[(10 * Size) + 1];
        new Random(1).NextBytes(written);

        // Of four chunks the oldest makes room for the one that is begun.
        AppendAndCheck(0, 4 * Size, 0);
        AppendAndCheck(4 * Size, (4 * Size) + 1, Size);
        AppendAndCheck((4 * Size) + 1, (5 * Size) - 1, Size);
        AppendAndCheck((5 * Size) - 1, 5 * Size, Size);
        AppendAndCheck(5 * Size, 10 * Size, 6 * Size);
        AppendAndCheck(10 * Size, (10 * Size) + 1, 7 * Size);

        void AppendAndCheck(long from, long to, long firstKept)
        {
            var reader = new ConsoleReader(buffer, 0);
            Append(buffer, written[(int)from..(int)to], Noon);
            Assert.Equal((firstKept, to), (buffer.Start, buffer.End));
            Assert.True(ReadBytes(reader).AsSpan().SequenceEqual(written.AsSpan((int)firstKept, (int)(to - firstKept))), $"What was kept of {to} bytes is not what was written.");
            Assert.Equal(firstKept, reader.Dropped);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(ConsoleChunk.Size)]
    [InlineData(ConsoleChunk.Size + 1)]
    public void AsManyBytesAsWereAskedForAreKeptAtAnyTime(int capacity)
    {
        var buffer = Booted(capacity);
        for (var written = 0; written < 5 * ConsoleChunk.Size; written += ConsoleChunk.Size / 4)
        {
            buffer.Reserve();
            Assert.InRange(buffer.Start, 0, Math.Max(0, written - capacity));
            Append(buffer, new byte[ConsoleChunk.Size / 4], Noon);
        }
    }

    [Fact]
    public void ABlockEndsWhereABootBegins()
    {
        var buffer = Booted(100);
        Append(buffer, "one", Noon);
        buffer.BeginBoot(Noon.AddSeconds(5));
        Append(buffer, "two", Noon.AddSeconds(6));
        var reader = new ConsoleReader(buffer, 0);
        var bytes = new byte[100];

        var one = reader.Read(bytes);
        var two = reader.Read(bytes);

        Assert.Equal((3, 1, Noon), (one.Count, one.Boot.Number, one.Time));
        Assert.Equal((3, 2, Noon.AddSeconds(6)), (two.Count, two.Boot.Number, two.Time));
        Assert.Equal((3, Noon.AddSeconds(5)), (two.Boot.Position, two.Boot.Time));
    }

    [Fact]
    public void ABlockEndsWhereABootBeginsThoughNoTimeHasPassed()
    {
        var buffer = Booted(100);
        Append(buffer, "one", Noon);
        buffer.BeginBoot(Noon);
        Append(buffer, "two", Noon);
        var bytes = new byte[100];

        Assert.Equal((3, 1), (buffer.Read(0, bytes).Count, buffer.Read(0, bytes).Boot.Number));
        Assert.Equal((3, 2), (buffer.Read(3, bytes).Count, buffer.Read(3, bytes).Boot.Number));
    }

    [Fact]
    public void ABootThatSaidNothingDoesNotCount()
    {
        var buffer = Booted(100);
        buffer.BeginBoot(Noon);
        buffer.BeginBoot(Noon.AddSeconds(1));

        Append(buffer, "x", Noon.AddSeconds(2));

        Assert.Equal((1, Noon.AddSeconds(1)), (buffer.LastBoot!.Number, buffer.LastBoot.Time));
    }

    [Fact]
    public void BytesKeepTheTimeAtWhichTheyCame()
    {
        var buffer = Booted(100);
        Append(buffer, "one", Noon);
        Append(buffer, "two", Noon.AddMilliseconds(10));
        var bytes = new byte[100];

        Assert.Equal(Noon, buffer.Read(2, bytes).Time);
        Assert.Equal(Noon.AddMilliseconds(10), buffer.Read(3, bytes).Time);
        Assert.Equal(1, buffer.Read(2, bytes).Count);
    }

    [Fact]
    public void AFewBytesThatComeOneByOneKeepTheirTimes()
    {
        var buffer = Booted(100);
        for (var i = 0; i < 100; i++)
        {
            Append(buffer, "x", Noon.AddMilliseconds(i));
        }

        var bytes = new byte[1];
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(Noon.AddMilliseconds(i), buffer.Read(i, bytes).Time);
        }
    }

    [Fact]
    public void BytesThatComeOneByOneKeepTheirTimesNearly()
    {
        var buffer = Booted(ConsoleChunk.Size);
        for (var i = 0; i < ConsoleChunk.Size; i++)
        {
            Append(buffer, "x", Noon.AddMilliseconds(i));
        }

        var bytes = new byte[1];
        for (var i = 0; i < ConsoleChunk.Size; i++)
        {
            var time = buffer.Read(i, bytes).Time;
            Assert.InRange((Noon.AddMilliseconds(i) - time).TotalMilliseconds, 0, 512);
        }
    }

    [Fact]
    public async Task AReaderWaitsForMore()
    {
        var buffer = Booted(100);
        var reader = new ConsoleReader(buffer, 0);
        var waiting = Task.Run(() => reader.Wait(Timeout.InfiniteTimeSpan, default), TestContext.Current.CancellationToken);

        Append(buffer, "x", Noon);

        Assert.True(await waiting);
    }

    [Fact]
    public async Task AWaitEndsWhenNothingMoreWillCome()
    {
        var buffer = Booted(100);
        var reader = new ConsoleReader(buffer, 0);
        var waiting = Task.Run(() => reader.Wait(Timeout.InfiniteTimeSpan, default), TestContext.Current.CancellationToken);
        Assert.False(reader.IsAtEnd);

        buffer.Complete();

        Assert.False(await waiting);
        Assert.True(reader.IsAtEnd);
    }

    [Fact]
    public async Task AWaitIsCanceledAtOnce()
    {
        var buffer = Booted(100);
        using var cancel = new CancellationTokenSource();
        var waiting = Task.Run(() => buffer.Wait(0, Timeout.InfiniteTimeSpan, cancel.Token), TestContext.Current.CancellationToken);

        cancel.Cancel();

        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
    }

    private static ConsoleBuffer Booted(int capacity)
    {
        var buffer = new ConsoleBuffer(capacity);
        buffer.BeginBoot(Noon);
        return buffer;
    }

    private static void Append(ConsoleBuffer buffer, string text, DateTime time) =>
        Append(buffer, Encoding.UTF8.GetBytes(text), time);

    private static void Append(ConsoleBuffer buffer, byte[] bytes, DateTime time)
    {
        for (var written = 0; written < bytes.Length;)
        {
            var room = buffer.Reserve();
            var count = Math.Min(room.Count, bytes.Length - written);
            Array.Copy(bytes, written, room.Array!, room.Offset, count);
            buffer.Commit(count, time);
            written += count;
        }
    }

    private static string ReadAll(ConsoleReader reader) => Encoding.UTF8.GetString(ReadBytes(reader));

    private static byte[] ReadBytes(ConsoleReader reader)
    {
        using var all = new System.IO.MemoryStream();
        var bytes = new byte[1000];
        while (reader.Read(bytes) is { Count: > 0 } block)
        {
            all.Write(bytes, 0, block.Count);
        }

        return all.ToArray();
    }
}
