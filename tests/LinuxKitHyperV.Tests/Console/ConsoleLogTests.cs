using System;
using System.IO;
using System.Linq;
using System.Text;
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
    public void A_file_is_replaced_or_appended_to(bool append, string expected)
    {
        File.WriteAllText(LogPath, "old");
        using (var log = new ConsoleLog(new ConsoleLogOptions { Path = LogPath, Append = append }))
        {
            Write(log, "new");
        }

        Assert.Equal(expected, File.ReadAllText(LogPath));
    }

    [Fact]
    public void What_was_written_is_there_at_once()
    {
        using var log = new ConsoleLog(new ConsoleLogOptions { Path = LogPath });

        Write(log, "now");

        using var reader = new StreamReader(new FileStream(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.Equal("now", reader.ReadToEnd());
    }

    [Fact]
    public void A_full_file_is_renamed_and_the_oldest_deleted()
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
    public void A_log_that_fails_says_why_and_writes_no_more()
    {
        var log = new ConsoleLog(new ConsoleLogOptions { Path = LogPath });
        log.Dispose();

        Write(log, "lost");
        Write(log, "lost");

        Assert.IsType<ObjectDisposedException>(log.Failure);
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A link takes a privilege, and Wine has none.");
        var target = Path.Combine(_folder.FullName, "target");
        File.WriteAllText(target, "precious");
        File.CreateSymbolicLink(LogPath, target);

        Assert.Throws<ConsoleLogException>(() => new ConsoleLog(new ConsoleLogOptions { Path = LogPath }));
        Assert.Equal("precious", File.ReadAllText(target));
    }

    private static void Write(ConsoleLog log, string text) => log.Write(Encoding.ASCII.GetBytes(text), 0, text.Length);
}
