using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

public sealed class FilePathsTests
{
    [Theory]
    [InlineData("web.iso")]
    [InlineData("./web.iso")]
    [InlineData("../web.iso")]
    [InlineData("a\\web.iso")]
    [InlineData("~/web.iso")]
    [InlineData("/web.iso")]
    [InlineData("/a/b/web.iso")]
    [InlineData("/a/../web.iso")]
    [InlineData("/a/./b//web.iso")]
    [InlineData("/../web.iso")]
    [InlineData("/a/b/")]
    [InlineData("/a/..")]
    [InlineData("/")]
    [InlineData("/a\\web.iso")]
    [InlineData("//server/share/web.iso")]
    [InlineData("/a/we[b]`.iso")]
    [InlineData("/C:/web.iso")]
    public void MeansTheFileThatPowerShellMeans(string path)
    {
        using var runspace = RunspaceFactory.CreateRunspace(State());
        runspace.Open();

        // What begins at the root does not depend on where one is.
        foreach (var location in path[0] == '/' && path[1..] is not ['/', ..] ? [Path.GetTempPath(), "Variable:"] : new[] { Path.GetTempPath() })
        {
            runspace.SessionStateProxy.Path.SetLocation(location);
            using var powerShell = PowerShell.Create(runspace);

            var paths = powerShell.AddCommand("Resolve-Path").AddArgument(path).Invoke<string>();

            Assert.Equal(paths[1], paths[0]);
        }
    }

    [Fact]
    public void RefusesAnUnknownProvidersPath()
    {
        using var runspace = RunspaceFactory.CreateRunspace(State());
        runspace.Open();
        using var powerShell = PowerShell.Create(runspace);
        powerShell.AddCommand("Resolve-Path").AddArgument("/a/Nothing::web.iso");

        var exception = Assert.Throws<CmdletInvocationException>(() => powerShell.Invoke());

        Assert.Equal("InvalidPath", Assert.IsType<LinuxKitException>(exception.InnerException).ErrorId);
    }

    private static InitialSessionState State()
    {
        var state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Resolve-Path", typeof(ResolvePathCommand), null));
        return state;
    }
}
