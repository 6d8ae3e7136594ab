using System.Diagnostics;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>Programs that make and check images by other hands than ours.</summary>
internal static class OtherProgram
{
    /// <summary>Runs one; it must succeed.</summary>
    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {output}{errors.Result}");
    }
}
