using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using LinuxKitHyperV.Commands;
using LinuxKitHyperV.HyperV;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>What the Tab key gives at a prompt.</summary>
public sealed class TabTests(TypedSession session) : IClassFixture<TypedSession>, IDisposable
{
    private const string Tab = "\t";
    private const string CtrlSpace = "\0";
    private const string Right = "\x1b[C";
    private const string Enter = "\r";

    // What is typed and what it becomes; null and null for the id of a VM.
    private static readonly Dictionary<Type, (string? Typed, string? Completed)> Completions = new()
    {
        [typeof(DiskCompleter)] = ("s", "size="),
        [typeof(DiskSizeCompleter)] = ("20m", "20MB"),
        [typeof(EscapeKeyCompleter)] = ("ctrl+a", "Ctrl+A"),
        [typeof(FilePathCompleter)] = ("./n", "./notes.txt"),
        [typeof(ImagePathCompleter)] = ("./w", "./web-efi.iso"),
        [typeof(LiteralImagePathCompleter)] = ("./b", "'./build [1]-efi.iso'"),
        [typeof(SwitchNameCompleter)] = ("D", "'Default Switch'"),
        [typeof(VMIdCompleter)] = (null, null),
        [typeof(VMNameCompleter)] = ("w", "web"),
    };

    private readonly PowerShellWindow _window = session.Window;

    /// <summary>Every parameter that completes.</summary>
    public static TheoryData<string, string, Type> Parameters =>
    [
        .. from cmdlet in typeof(LinuxKitCommand).Assembly.GetExportedTypes()
           let name = cmdlet.GetCustomAttribute<CmdletAttribute>()
           where name is not null
           from parameter in cmdlet.GetProperties()
           let completer = parameter.GetCustomAttribute<ArgumentCompleterAttribute>()
           where completer is not null
           select ($"{name.VerbName}-{name.NounName}", parameter.Name, completer.Type),
    ];

    public void Dispose() => _window.Cancel();

    [Theory]
    [MemberData(nameof(Parameters))]
    public void CompletesTheParameter(string cmdlet, string parameter, Type completer)
    {
        var (typed, completed) = Completions[completer];
        completed ??= session.Module.RunWell("Get-VM web").Single().Id().ToString();
        Completes($"{cmdlet} -{parameter} {typed ?? completed[..8]}", $"{cmdlet} -{parameter} {completed}");
    }

    [Theory]
    [InlineData("Stop-LinuxKitVM m", "Stop-LinuxKitVM 'my web'")]
    [InlineData("Stop-LinuxKitVM 'my", "Stop-LinuxKitVM 'my web'")]
    [InlineData("Stop-LinuxKitVM \"my", "Stop-LinuxKitVM 'my web'")]
    [InlineData("Get-LinuxKitVM it", "Get-LinuxKitVM 'it''s'")]
    [InlineData("Get-LinuxKitVM web, m", "Get-LinuxKitVM web, 'my web'")]
    [InlineData("Start-LinuxKitVM ./b", "Start-LinuxKitVM './build `[1`]-efi.iso'")]
    [InlineData("New-LinuxKitVM ./web-efi.iso -Disk d", "New-LinuxKitVM ./web-efi.iso -Disk data.vhdx")]
    [InlineData("New-LinuxKitVM ./web-efi.iso -Disk 'file=a.vhdx,s", "New-LinuxKitVM ./web-efi.iso -Disk 'file=a.vhdx,size='")]
    [InlineData("New-LinuxKitVM ./web-efi.iso -SecureBoot MicrosoftW", "New-LinuxKitVM ./web-efi.iso -SecureBoot MicrosoftWindows")]
    [InlineData("Wait-LinuxKitVM web -For I", "Wait-LinuxKitVM web -For IPAddress")]
    [InlineData("Send-LinuxKitConsole web -Key CtrlC", "Send-LinuxKitConsole web -Key CtrlC")]
    [InlineData("Send-LinuxKitConsole web -Key Ent", "Send-LinuxKitConsole web -Key Enter")]
    [InlineData("Stop-LinuxKitVM web -Tu", "Stop-LinuxKitVM web -TurnOff")]
    [InlineData("Start-Linux", "Start-LinuxKitVM")]
    public void Completes(string typed, string completed)
    {
        _window.Edit(typed, typed);
        _window.Edit(Tab, completed);
    }

    [Fact]
    public void GoesOnToTheNextAndBackToTheFirst()
    {
        _window.Edit("Get-LinuxKitVM ", "Get-LinuxKitVM ");
        foreach (var name in new[] { "'it''s'", "'my web'", "web", "'it''s'" })
        {
            _window.Edit(Tab, $"Get-LinuxKitVM {name}");
        }
    }

    [Fact]
    public void ShowsAMenuToChooseFrom()
    {
        const string line = "Get-LinuxKitVM ";
        _window.Edit(line, line);
        _window.Window.Type(CtrlSpace);
        _window.Window.WaitUntil(
            screen => screen.Lines.Any(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).SequenceEqual(["it's", "my", "web", "web"])),
            "menu of three names");
        _window.Window.Type(Right + Enter);
        _window.Edit(string.Empty, line + "'my web'");
    }

    [Fact]
    public void CompletesAsTheShellsOfLinuxDoWhereThatIsAskedFor()
    {
        _window.Run("Set-PSReadLineOption -EditMode Emacs");
        try
        {
            Completes("Stop-LinuxKitVM m", "Stop-LinuxKitVM 'my web'");
        }
        finally
        {
            _window.Cancel();
            _window.Run("Set-PSReadLineOption -EditMode Windows");
        }
    }
}
