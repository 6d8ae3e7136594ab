using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>Two users of one computer. Root, who runs the tests, is one of them; the other is nobody.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OtherUserTests : IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0x1FF;
    private const string IsReadable = "command -v dotnet >/dev/null && test -r \"$0\" && test -r \"$1\"";

    // Where .NET keeps what processes of different users share.
    private const string Mutexes = "/tmp/.dotnet/shm/global";

    // Not below the tests' own folder, which nobody else may enter.
    private readonly DirectoryInfo _folder = Directory.CreateDirectory($"/tmp/lkhv-other-user-{Guid.NewGuid():N}");

    private string PowerShell => Path.Combine(_folder.FullName, "pwsh");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void AMutexOfAnotherUserIsToldApart()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can run a process as another user.");
        _folder.UnixFileMode = Everybody;
        Assert.SkipUnless(
            AsNobody("sh", "-c", IsReadable, Path.Combine(StandInBuild.Module, "Hyper-V.psd1"), Path.Combine(BuildFacts.Module, "LinuxKitHyperV.psd1")).ExitCode == 0,
            "Another user may not read what was built, or .NET.");
        CopyPowerShell();
        File.WriteAllBytes(Path.Combine(_folder.FullName, "web-efi.iso"), TestImage.EfiIso());

        var name = $"web-{Guid.NewGuid():N}";
        string? mutex = null;
        using (MachineNameLock.Acquire(HyperVHost.Local, name, new PatientWait(new SilentReport(), TestContext.Current.CancellationToken), path => new Mutex(initiallyOwned: false, mutex = path)))
        {
            // .NET on Unix lets everybody have it; Windows only its owner and the system.
            File.SetUnixFileMode(Path.Combine(Mutexes, mutex!["Global\\".Length..]), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Assert.StartsWith("VMNameLocked,", StartAsNobody(name), StringComparison.Ordinal);
        }

        Assert.Equal(name, StartAsNobody(name));
        Figures.Tell("A name that another user's mutex holds", Form.Short, "VMNameLocked; the name is free when the mutex is");
    }

    // NuGet keeps it where nobody else may enter.
    private void CopyPowerShell()
    {
        using var copy = Process.Start("cp", ["-r", Path.GetDirectoryName(BuildFacts.PowerShell)!, PowerShell]);
        copy.WaitForExit();
        using var open = Process.Start("chmod", ["-R", "a+rX", PowerShell]);
        open.WaitForExit();
        Assert.Equal((0, 0), (copy.ExitCode, open.ExitCode));
    }

    /// <summary>Starts a VM as the other user: its name, or the error's id.</summary>
    private string StartAsNobody(string name) => AsNobody(
    [
        .. PowerShellProgram.Words.Select(word => word == BuildFacts.PowerShell ? Path.Combine(PowerShell, Path.GetFileName(word)) : word),
        "-NonInteractive",
        "-Command",
        $"try {{ (Start-LinuxKitVM ./web-efi.iso -Name {name} -NoCapture -ErrorAction Stop).Name }} catch {{ $_.FullyQualifiedErrorId }}",
    ]).Output.Trim();

    private (int ExitCode, string Output) AsNobody(params IEnumerable<string> command)
    {
        var start = new ProcessStartInfo("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", .. command])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = start.Environment["TMPDIR"] = _folder.FullName;
        start.Environment["HYPERV_QEMU_HOME"] = Path.Combine(_folder.FullName, "state");
        start.Environment["HYPERV_QEMU_ENGINE"] = "none";
        PowerShellProgram.Prepare(start.Environment);
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (Win32Exception exception)
        {
            return (exception.NativeErrorCode, "There is no setpriv.");
        }
    }
}
