using System;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Text;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Cmdlets;

/// <summary>Start-LinuxKitVM -ConsoleLogPath.</summary>
public sealed class ConsoleLogPathTests : HostedTests
{
    public static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    private readonly string _name = "log-" + Guid.NewGuid().ToString("N")[..8];

    [Theory]
    [InlineData("", "red\n")]
    [InlineData("-ConsoleLogAppend", "beforered\n")]
    [InlineData("-ConsoleLogRaw", "\x1b[31mred\r\n")]
    public void TheBytesGoIntoTheFile(string parameters, string expected)
    {
        File.WriteAllText(Module["console.log"], "before");
        var machine = Module.RunWell($"Start-LinuxKitVM ./web-efi.iso -Name {_name} -ConsoleLogPath console.log {parameters}").Single();
        using (var port = Open(machine))
        {
            Say(port, "\x1b[31mred\r\n");
            Module.RunWell($"Wait-LinuxKitConsole {_name} red -TimeoutSec 60");
        }

        Module.RunWell($"Disconnect-LinuxKitConsole {_name}");
        Assert.Equal(expected, File.ReadAllText(Module["console.log"]));
    }

    [Fact]
    public void AFullFileIsRenamed()
    {
        var machine = Module.RunWell($"Start-LinuxKitVM ./web-efi.iso -Name {_name} -ConsoleLogPath console.log -ConsoleLogMaximumBytes 4").Single();
        using (var port = Open(machine))
        {
            foreach (var word in new[] { "one\n", "two\n" })
            {
                Say(port, word);
                Module.RunWell($"Wait-LinuxKitConsole {_name} {word.Trim()} -TimeoutSec 60");
            }
        }

        Module.RunWell($"Disconnect-LinuxKitConsole {_name}");
        Assert.Equal(["two\n", "one\n"], new[] { "console.log", "console.log.1" }.Select(name => File.ReadAllText(Module[name])));
    }

    [Fact]
    public void AFolderGetsAFileForEachVM()
    {
        Directory.CreateDirectory(Module["logs"]);
        Module.RunWell($"Start-LinuxKitVM ./web-efi.iso -Name {_name}, '{_name}:2' -ConsoleLogPath logs");
        Assert.Equal([$"{_name}-2.log", $"{_name}.log"], Directory.EnumerateFiles(Module["logs"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TwoVMsDoNotShareAFileAndTheSecondIsNotMade()
    {
        Module.RunBadly("ConsoleLogFailed", ErrorCategory.WriteError, $"Start-LinuxKitVM ./web-efi.iso -Name {_name}, {_name}2 -ConsoleLogPath console.log");
        Assert.Equal(_name, Assert.Single(Module.RunWell("Get-VM")).Name());
    }

    [Fact]
    public void AFileThatCannotBeMadeIsAnErrorAndNothingStays()
    {
        Module.RunBadly("ConsoleLogFailed", ErrorCategory.WriteError, $"Start-LinuxKitVM ./web-efi.iso -Name {_name} -ConsoleLogPath nowhere/console.log");
        Assert.Empty(Module.RunWell("Get-VM"));
    }

    [Theory]
    [InlineData("Start-LinuxKitVM ./web-efi.iso -ConsoleLogPath web-efi.iso")]
    [InlineData("Start-LinuxKitVM ./web-efi.iso -Disk data.vhdx -ConsoleLogPath ./data.vhdx")]
    [InlineData("Start-LinuxKitVM ./web-efi.iso -MetadataPath seed.iso -ConsoleLogPath seed.iso")]
    [InlineData("$null = New-LinuxKitVM ./web-efi.iso -Name there; Start-LinuxKitVM -Name there -ConsoleLogPath web-efi.iso")]
    public void WhatTheVMIsMadeOfIsNoLog(string script)
    {
        Module.AddImage("seed.iso");
        Module.RunWell("$null = New-LinuxKitDisk data.vhdx 1GB");
        var error = Module.RunBadly("ConsoleLogFailed", ErrorCategory.WriteError, script);
        Assert.Contains("made of that file", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Module.RunWell("Get-VM | Where-Object State -eq Running"));
    }

    [Theory]
    [InlineData("-ConsoleLogAppend")]
    [InlineData("-ConsoleLogMaximumBytes 1MB")]
    [InlineData("-ConsoleLogPath x -NoCapture")]
    [InlineData("-ConsoleLogRaw")]
    public void SomeParametersDoNotGoTogether(string parameters) => Module.RunBadly(
        "ParametersDoNotGoTogether", ErrorCategory.InvalidArgument, $"Start-LinuxKitVM ./web-efi.iso {parameters}");

    [Fact]
    public void ARunningVMIsNotLoggedAndThatIsSaid()
    {
        Module.RunWell($"Start-LinuxKitVM ./web-efi.iso -Name {_name} -NoCapture");
        Module.RunWell($"Start-LinuxKitVM -Name {_name} -ConsoleLogPath console.log");
        Assert.Contains("is not logged", Assert.Single(Module.Warnings), StringComparison.Ordinal);
    }

    [Fact(Skip = "Windows has no device that is always full.", SkipWhen = nameof(IsWindows))]
    public void ALogThatEndsEarlyIsToldAndTheCaptureGoesOn()
    {
        var machine = Module.RunWell($"Start-LinuxKitVM ./web-efi.iso -Name {_name} -ConsoleLogPath /dev/full").Single();
        using var port = Open(machine);
        Say(port, "one\n");
        Module.RunWell($"Wait-LinuxKitConsole {_name} one -TimeoutSec 60");
        Say(port, "two\n");
        Module.RunWell($"Wait-LinuxKitConsole {_name} two -TimeoutSec 60");
        Assert.Equal(["one", "two"], Module.RunWell($"Receive-LinuxKitConsole {_name}").Select(line => line.ToString()));
        Assert.Contains("ends early", Assert.Single(Module.Warnings), StringComparison.Ordinal);
    }

    private static NamedPipeServerStream Open(PSObject machine)
    {
        var port = new NamedPipeServerStream(machine.Text("ConsolePipe")[@"\\.\pipe\".Length..], PipeDirection.InOut, 1);
        port.WaitForConnection();
        return port;
    }

    private static void Say(NamedPipeServerStream port, string text) => port.Write(Encoding.UTF8.GetBytes(text));
}
