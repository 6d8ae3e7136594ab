using System;
using System.IO;
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
    public void HasColorsInATerminal() => Assert.Contains($"{Green}Passed{Reset}", Show("Test-LinuxKitHost"), StringComparison.Ordinal);

    [Theory]
    [InlineData("$PSStyle.OutputRendering = \"PlainText\"; Test-LinuxKitHost", "")]
    [InlineData("Test-LinuxKitHost", "NO_COLOR=1")]
    [InlineData("Test-LinuxKitHost", "TERM=dumb")]
    public void HasNoneWhereTheyAreNotWanted(string script, string variable) => AssertPlain(Show(script, variable));

    [Fact]
    public void HasNoneInAPipe() => AssertPlain(Show("Test-LinuxKitHost", filter: "| cat"));

    private static void AssertPlain(string shown)
    {
        Assert.Contains("Passed", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Green, shown, StringComparison.Ordinal);
    }

    private string Show(string script, string variable = "", string filter = "")
    {
        // The end is typed in two parts, or its echo would be taken for it.
        var sandbox = Path.Combine(AppContext.BaseDirectory, "Sandbox");
        _window.Type($"env HYPERV_QEMU_HOME='{_folder["state"]}' HYPERV_QEMU_ENGINE=none {variable} {sandbox} -NoLogo -c '{script}' {filter}; echo the'' end\n");
        return _window.WaitFor("the end");
    }
}
