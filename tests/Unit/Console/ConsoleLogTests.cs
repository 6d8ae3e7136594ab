using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsoleLogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string LogPath => Path.Combine(_folder.FullName, "console.log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false, "new")]
    [InlineData(true, "oldnew")]
    public void AFileIsReplacedOrAppendedTo(bool append, string expected)
    {
        File.WriteAllText(LogPath, "old");
        using (var log = new ConsoleLog(new ConsoleLogOptions { Path = LogPath, Append = append }))
        {
            Write(log, "new");
        }

        Assert.Equal(expected, File.ReadAllText(LogPath));
    }

    [Fact]
    public void AFileIsAsItWasUntilTheConsoleIsThere()
    {
        File.WriteAllText(LogPath, "old");
        new ConsoleLog(new ConsoleLogOptions { Path = LogPath }).Dispose();
        Assert.Equal("old", File.ReadAllText(LogPath));

        using var log = new ConsoleLog(new ConsoleLogOptions { Path = LogPath });
        Assert.Equal("old", ReadWhileOpen());
        log.Begin();
        Assert.Empty(ReadWhileOpen());
    }

    [Fact]
    public void AFileThatWasMadeForNothingIsDeleted()
    {
        var log = new ConsoleLog(new ConsoleLogOptions { Path = LogPath });
        Assert.True(File.Exists(LogPath));
        log.Dispose();
        Assert.False(File.Exists(LogPath));
    }

    [Fact]
    public void AFileOfAConsoleThatSaidNothingIsKept()
    {
        using (var log = new ConsoleLog(new ConsoleLogOptions { Path = LogPath }))
        {
            log.Begin();
        }

        Assert.True(File.Exists(LogPath));
    }

    [Fact]
    public void WhatWasWrittenIsThereAtOnce()
    {
        using var log = new ConsoleLog(new ConsoleLogOptions { Path = LogPath });

        Write(log, "now");

        Assert.Equal("now", ReadWhileOpen());
    }

    [Fact]
    public void AFullFileIsRenamedAndTheOldestDeleted()
    {
        using (var log = new ConsoleLog(new ConsoleLogOptions { Path = LogPath, RotateAtBytes = 5, RotatedFiles = 2 }))
        {
            foreach (var text in new[] { "one", "two", "three", "four", "5", "six" })
            {
                Write(log, text);
            }
        }

        var texts = new[] { LogPath, LogPath + ".1", LogPath + ".2" }.Select(File.ReadAllText);
        Assert.Equal(["six", "four5", "three"], texts);
        Assert.Equal(3, _folder.GetFiles().Length);
    }

    [Fact]
    public void ALogThatFailsSaysWhyAndWritesNoMore()
    {
        var log = new ConsoleLog(new ConsoleLogOptions { Path = LogPath });
        log.Dispose();

        Write(log, "lost");
        Write(log, "lost");

        Assert.IsType<ObjectDisposedException>(log.Failure);
    }

    [Fact]
    public void ALinkIsNotFollowed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A link takes a privilege, and Wine has none.");
        var target = Path.Combine(_folder.FullName, "target");
        File.WriteAllText(target, "precious");
        File.CreateSymbolicLink(LogPath, target);

        Assert.Throws<ConsoleLogException>(() => new ConsoleLog(new ConsoleLogOptions { Path = LogPath }));
        Assert.Equal("precious", File.ReadAllText(target));
    }

    [Fact]
    public void ALinkToNothingIsNotFollowed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A link takes a privilege, and Wine has none.");
        var target = Path.Combine(_folder.FullName, "target");
        File.CreateSymbolicLink(LogPath, target);

        var exception = Assert.Throws<ConsoleLogException>(() => new ConsoleLog(new ConsoleLogOptions { Path = LogPath }));
        Assert.Contains("It is a link", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ALinkThatComesWhileTheLogIsOpenedIsNotFollowed(bool append)
    {
        const int attempts = 1000;
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A link takes a privilege, and Wine has none.");
        var (target, link, file) = (Path.Combine(_folder.FullName, "target"), Path.Combine(_folder.FullName, "link"), Path.Combine(_folder.FullName, "file"));
        File.WriteAllText(target, "precious");
        using var over = new CancellationTokenSource();
        var swapping = Task.Run(
            () =>
            {
                while (!over.IsCancellationRequested)
                {
                    File.CreateSymbolicLink(link, target);
                    File.Move(link, LogPath, overwrite: true);
                    File.WriteAllText(file, string.Empty);
                    File.Move(file, LogPath, overwrite: true);
                }
            },
            TestContext.Current.CancellationToken);

        for (var attempt = 0; attempt < attempts; attempt++)
        {
            try
            {
                using var log = new ConsoleLog(new ConsoleLogOptions { Path = LogPath, Append = append });
                Write(log, "from the guest");
            }
            catch (ConsoleLogException exception)
            {
                Assert.Contains("It is a link", exception.Message, StringComparison.Ordinal);
            }
        }

        over.Cancel();
        await swapping;
        Assert.Equal("precious", File.ReadAllText(target));
    }

    private string ReadWhileOpen()
    {
        using var reader = new StreamReader(new FileStream(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private static void Write(ConsoleLog log, string text) => log.Write(Encoding.ASCII.GetBytes(text), 0, text.Length);
}
