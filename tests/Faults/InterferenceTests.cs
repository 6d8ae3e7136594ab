using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Machines;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>Somebody else removes or renames VMs between any two calls of a cmdlet.</summary>
public sealed class InterferenceTests : FaultTests
{
    private const string Make = "$null = New-LinuxKitVM ./web-efi.iso -Name there -NoNetwork -Disk 'file=there.vhdx,size=4M'";
    private const string Clear = "Get-VM | Stop-VM -TurnOff -Force -WarningAction Ignore; Get-VM | Remove-VM -Force";

    private static readonly string[] Scripts =
    [
        "Start-LinuxKitVM ./web-efi.iso -Disk size=4M",
        "New-LinuxKitVM ./web-efi.iso -NoNetwork -Metadata text",
        "Start-LinuxKitVM -Name there -NoCapture",
        "Get-LinuxKitVM there",
        "Wait-LinuxKitVM there -For Off -TimeoutSec 1",
        "Stop-LinuxKitVM there -TurnOff",
        "Remove-LinuxKitVM there -Force -RemoveDisk",
    ];

    [Theory]
    [InlineData("removed", Clear)]
    [InlineData("renamed", "Get-VM | ForEach-Object { Rename-VM -VM $_ -NewName \"elsewhere $($_.Id)\" }")]
    public void AVMIs(string what, string interference)
    {
        using var other = Module.OpenRunspace();
        var (cases, errors) = (0, 0);
        var wrong = new List<string>();
        foreach (var script in Scripts)
        {
            for (var index = 0; ; index++)
            {
                Module.RunWell(Make);
                Module.Recording.Clear();
                var reached = false;
                Module.Recording.Before = (at, _) =>
                {
                    if (at == index)
                    {
                        reached = true;
                        using var powerShell = PowerShell.Create(other).AddScript(interference);
                        powerShell.Invoke();
                    }
                };
                Module.Run(script);
                Module.Recording.Before = null;
                wrong.AddRange(Module.Errors
                    .Where(error => error.Exception is not LinuxKitException || string.IsNullOrWhiteSpace(error.ErrorDetails?.RecommendedAction))
                    .Select(error => $"{script}, before call {index}: {error.FullyQualifiedErrorId}: {error}"));
                wrong.AddRange(Module.Files.Where(name => MachineName.IsUnfinished(name!)).Select(name => $"{script}, before call {index}: left {name}"));
                errors += Module.Errors.Count;
                Module.RunWell(Clear);
                foreach (var name in Module.Files.Where(name => name != "web-efi.iso"))
                {
                    File.Delete(Module[name!]);
                }

                if (!reached)
                {
                    break;
                }

                cases++;
            }
        }

        Assert.Empty(wrong);
        Figures.Tell($"VMs {what} by others between any two calls", Form.Short, $"{cases} cases: {errors} clear errors, no other; no unfinished file left");
    }
}
