using System;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>The table of checks in a real terminal.</summary>
public sealed class HostCheckTests : IDisposable
{
    private const string Green = "\x1b[32m";
    private const string Reset = "\x1b[0m";

    private readonly TemporaryFolder _folder = new();
    private readonly TerminalWindow _window;

    public HostCheckTests() => _window = new TerminalWindow(_folder[string.Empty]);

    public void Dispose()
    {
        _window.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void HasColorsInATerminal() => Assert.Contains($"{Green}Passed{Reset}", Show(), StringComparison.Ordinal);

    [Theory]
    [InlineData("NO_COLOR=1")]
    [InlineData("TERM=dumb")]
    public void HasNoneWhereTheyAreNotWanted(string variable) => AssertPlain(Show(variable));

    [Fact]
    public void HasNoneInAPipe() => AssertPlain(Show(filter: "| cat"));

    private static void AssertPlain(string shown)
    {
        Assert.Contains("Passed", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Green, shown, StringComparison.Ordinal);
    }

    private string Show(string variable = "", string filter = "")
    {
        // NO_COLOR may be set for the tests themselves. The end is typed in two parts, or its echo would be taken for it.
        _window.Type($"env -u NO_COLOR HYPERV_QEMU_HOME='{_folder["state"]}' HYPERV_QEMU_ENGINE=none {variable} {PowerShellProgram.Line} -c Test-LinuxKitHost {filter}; echo the'' end\n");
        return _window.WaitFor("the end");
    }
}
