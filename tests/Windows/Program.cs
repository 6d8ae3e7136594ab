using System.Threading.Tasks;
using Xunit.Runner.InProc.SystemConsole;

namespace LinuxKitHyperV.Windows.Tests;

internal static class Program
{
    public static Task<int> Main(string[] args) => args is [OtherProcess.Argument, var part, .. var rest]
        ? OtherProcess.Play(part, rest)
        : ConsoleRunner.Run(args);
}
