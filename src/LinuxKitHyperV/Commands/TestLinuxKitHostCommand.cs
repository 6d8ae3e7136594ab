using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Hosts;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Commands;

/// <summary>Checks whether hosts are ready for VMs of LinuxKit, and says how to mend what is not.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LinuxKitHost", DefaultParameterSetName = HostSet)]
[OutputType(typeof(LinuxKitHostCheck), typeof(bool))]
public sealed class TestLinuxKitHostCommand : LinuxKitCommand
{
    private const string HostSet = "Host";

    private static readonly Version WindowsPowerShell = new(5, 1);
    private static readonly Version PowerShell7 = new(7, 0);

    /// <summary>Emits only whether every check of every host has passed, but for those that only a running VM can make.</summary>
    [Parameter(ParameterSetName = HostSet)]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    [Parameter(Position = 0, ParameterSetName = HostSet)]
    [ValidateNotNullOrEmpty]
    public override string[] ComputerName { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(ParameterSetName = HostSet)]
    [Credential]
    public override PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = HostSet)]
    [PSTypeName("Microsoft.Management.Infrastructure.CimSession")]
    [ValidateNotNullOrEmpty]
    public override PSObject[] CimSession { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var powerShell = Facts();
        var checks = Hosts.SelectMany(host => new HostInspection(HyperV, host, powerShell).Run());
        if (Quiet)
        {
            WriteObject(checks.All(check => check.IsGood));
            return;
        }

        foreach (var check in checks)
        {
            WriteObject(check);
        }
    }

    private PowerShellFacts Facts()
    {
        var table = (IDictionary)GetVariableValue("PSVersionTable");
        var edition = table["PSEdition"]?.ToString() ?? "Desktop";
        var version = table["PSVersion"]!.ToString();
        var numbers = Version.Parse(version.Split('-')[0]);

        // What is called without a module's name may be another product's.
        var getVM = InvokeCommand.GetCommand(HyperVCommand.UnqualifiedGetVM, CommandTypes.Alias | CommandTypes.Function | CommandTypes.Cmdlet);
        return new PowerShellFacts(
            $"{version} ({edition})",
            edition == "Desktop" ? numbers >= WindowsPowerShell : numbers >= PowerShell7,
            InvokeCommand.GetCommand(HyperVCommand.GetVM, CommandTypes.Cmdlet | CommandTypes.Function)?.Version,
            getVM is null || string.Equals(getVM.ModuleName, HyperVCommand.Module, StringComparison.OrdinalIgnoreCase) ? null : getVM.ModuleName);
    }
}
