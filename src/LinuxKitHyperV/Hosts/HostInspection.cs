using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Networking;

namespace LinuxKitHyperV.Hosts;

/// <summary>Finds out whether a host is ready for VMs of LinuxKit.</summary>
internal sealed class HostInspection
{
    // What a VM takes by default, and what its files may grow to at least.
    private const long NeededBytes = MachineSpec.DefaultMemoryBytes;

    private readonly IHyperV _hyperV;
    private readonly HyperVHost _host;
    private readonly PowerShellFacts _powerShell;

    /// <summary>An inspection of a host.</summary>
    public HostInspection(IHyperV hyperV, HyperVHost host, PowerShellFacts powerShell)
    {
        _hyperV = hyperV;
        _host = host;
        _powerShell = powerShell;
    }

    /// <summary>The checks, in an order in which what fails first is what to mend first.</summary>
    public IEnumerable<LinuxKitHostCheck> Run()
    {
        var asked = _hyperV.Invoke(_host.Call(HyperVCommand.GetVMHost));
        var vmHost = asked.Output.FirstOrDefault();

        // The host's object has the session by which it was asked, with the account.
        var facts = new HostFacts(_hyperV, vmHost is null ? _host : HyperVHost.Of(vmHost));
        var system = facts.Find("Win32_ComputerSystem");
        yield return Module();
        yield return PowerShell(vmHost);
        foreach (var check in Answers(asked.FirstError, facts, system))
        {
            yield return check;
        }

        yield return Hypervisor(system);
        yield return Nesting(system);
        if (vmHost is not null)
        {
            yield return Switch();
            yield return Memory(facts);
            yield return Disk(facts, "Virtual machine path", vmHost.Text("VirtualMachinePath"));
            yield return Disk(facts, "Virtual hard disk path", vmHost.Text("VirtualHardDiskPath"));
            yield return ConsolePipes();
        }

        yield return Conflict();
    }

    private LinuxKitHostCheck Module() => Check(
        "Hyper-V module",
        _powerShell.ModuleVersion is not null,
        _powerShell.ModuleVersion is { } version ? $"Version {version}" : "It is not installed.",
        HostRemedy.InstallModule);

    private LinuxKitHostCheck PowerShell(PSObject? vmHost)
    {
        var isCopy = vmHost?.TypeNames[0].StartsWith("Deserialized.", StringComparison.Ordinal) == true;
        return Check(
            "PowerShell",
            _powerShell.IsSupported && !isCopy,
            isCopy ? $"{_powerShell.Version}; it gets only copies of Hyper-V's objects" : _powerShell.Version,
            "Use Windows PowerShell 5.1; or PowerShell 7 on Windows 10 1809, Windows Server 2019 or later.");
    }

    /// <summary>Whether Hyper-V answers, and if not, whose fault that is.</summary>
    /// <remarks>By asking: membership of a group says too little.</remarks>
    private IEnumerable<LinuxKitHostCheck> Answers(ErrorRecord? error, HostFacts facts, PSObject? system)
    {
        HostPart? cause = error is null ? null : CauseOf(error, facts, system);
        yield return cause is null or HostPart.Service or HostPart.Rights
            ? Check("Host", true, "It is reached.", string.Empty)
            : Blame("Host", cause == HostPart.Host, HostRemedy.ReachHost);
        yield return cause is null
            ? Check("Management service", true, "It answers.", string.Empty)
            : Blame("Management service", cause == HostPart.Service, HostRemedy.StartService);
        yield return cause is null
            ? Check("Rights", true, "Hyper-V answers this account.", string.Empty)
            : Blame("Rights", cause == HostPart.Rights, _host.Credential is null ? HostRemedy.AskForRights : HostRemedy.CheckCredential);

        LinuxKitHostCheck Blame(string check, bool isCause, string remedy) =>
            isCause ? Check(check, false, error!.Exception.Message, remedy) : Unknown(check, remedy);
    }

    /// <remarks>The error of an account without rights has the category of whatever Hyper-V has no name for: then Windows is asked for the service.</remarks>
    private HostPart CauseOf(ErrorRecord error, HostFacts facts, PSObject? system) => error switch
    {
        _ when HyperVErrors.IsModuleMissing(error) => HostPart.Module,
        { CategoryInfo.Category: ErrorCategory.PermissionDenied } => HostPart.Rights,
        { CategoryInfo.Category: ErrorCategory.ObjectNotFound } => HostPart.Service,
        { CategoryInfo.Category: not ErrorCategory.NotSpecified } => HostPart.Host,
        _ when system is null => _host.IsLocal ? HostPart.Rights : HostPart.Host,
        _ => facts.Find("Win32_Service", "Name='vmms'")?.Text("State") == "Running" ? HostPart.Rights : HostPart.Service,
    };

    private LinuxKitHostCheck Hypervisor(PSObject? system) => system?.Properties["HypervisorPresent"]?.Value is bool isPresent
        ? Check("Hypervisor", isPresent, isPresent ? "It runs." : "It does not run.", HostRemedy.StartHypervisor)
        : Unknown("Hypervisor", HostRemedy.StartHypervisor);

    private LinuxKitHostCheck Nesting(PSObject? system)
    {
        const string Remedy =
            "On the host of this VM, while it is off: Set-VMProcessor -VMName NAME -ExposeVirtualizationExtensions $true. For an external switch, also: Set-VMNetworkAdapter -VMName NAME -MacAddressSpoofing On.";
        if (system is null)
        {
            return Unknown("Nested virtualization", Remedy);
        }

        var isVirtual = system.Text("Model").IndexOf("Virtual", StringComparison.OrdinalIgnoreCase) >= 0;
        return Check(
            "Nested virtualization",
            !isVirtual || system.Text("HypervisorPresent") == bool.TrueString,
            isVirtual ? $"The host is a VM itself ({system.Text("Model")})." : "The host is no VM.",
            Remedy);
    }

    private LinuxKitHostCheck Switch()
    {
        const string Name = "Switch";
        var listed = _hyperV.Invoke(_host.Call(HyperVCommand.GetVMSwitch));
        if (listed.FirstError is { } error)
        {
            return Unlisted(Name, error);
        }

        try
        {
            return Check(Name, true, $"'{SwitchChooser.Default(listed.Output, _ => { }).Name()}' is used by default.", string.Empty);
        }
        catch (LinuxKitException exception)
        {
            return Check(Name, false, exception.Message, exception.Remedy);
        }
    }

    private LinuxKitHostCheck Memory(HostFacts facts) =>
        long.TryParse(facts.Find("Win32_OperatingSystem")?.Text("FreePhysicalMemory"), NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes)
            ? Check("Memory", kilobytes << 10 >= NeededBytes, $"{SizeText.Of((kilobytes >> 10) << 20)} are free.", HostRemedy.FreeMemory)
            : Unknown("Memory", HostRemedy.FreeMemory);

    private LinuxKitHostCheck Disk(HostFacts facts, string check, string path)
    {
        const string Remedy = "Free some space, or choose another path with Set-VMHost.";
        return FreeBytes(facts, path) is { } free
            ? Check(check, free >= NeededBytes, $"{SizeText.Of((free >> 20) << 20)} are free at '{path}'.", Remedy)
            : Unknown(check, Remedy);
    }

    private long? FreeBytes(HostFacts facts, string path)
    {
        if (!_host.IsLocal)
        {
            // Of a path such as C:\VMs.
            return path.Length > 1 && path[1] == ':' && long.TryParse(
                facts.Find("Win32_LogicalDisk", $"DeviceID='{path.Substring(0, 2)}'")?.Text("FreeSpace"), NumberStyles.None, CultureInfo.InvariantCulture, out var free)
                ? free
                : null;
        }

        try
        {
            return new DriveInfo(Path.GetFullPath(path)).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private LinuxKitHostCheck ConsolePipes()
    {
        const string Name = "Console pipe";
        const string Remedy = "Check that COM 1 of the VM has a pipe and that you may use it: pipes are there for administrators and members of Hyper-V Administrators while the VM runs. Of another host they are reached by SMB.";
        var listed = _hyperV.Invoke(_host.Call(HyperVCommand.GetVM));
        if (listed.FirstError is { } error)
        {
            return Unlisted(Name, error);
        }

        var running = listed.Output
            .Select(LinuxKitMachine.From).OfType<LinuxKitMachine>()
            .Where(machine => machine.Object.State() == "Running")
            .ToList();
        if (running.Count == 0)
        {
            return Unknown(Name, "Start a VM to find out.");
        }

        var missing = running.Where(machine => !MachineConsole.HasPipe(machine)).Select(machine => $"'{machine.Name}'").ToList();
        return missing.Count == 0
            ? Check(Name, true, "The running VMs have theirs.", string.Empty)
            : Check(Name, false, $"There is none of {string.Join(", ", missing)}.", Remedy);
    }

    private LinuxKitHostCheck Conflict() => Check(
        "Command names",
        _powerShell.ForeignGetVM is null,
        _powerShell.ForeignGetVM is { } other ? $"Get-VM is that of '{other}'." : "It is Hyper-V's.",
        "This module calls Hyper-V's own all the same. Write the module's name in front of a command yourself, or import Hyper-V last.");

    private LinuxKitHostCheck Check(string check, bool passed, string detail, string remedy) => new(ComputerName, check, passed, detail, remedy);

    private LinuxKitHostCheck Unknown(string check, string remedy) => new(ComputerName, check, null, "This could not be found out.", remedy);

    /// <summary>What Hyper-V answered with an error.</summary>
    private LinuxKitHostCheck Unlisted(string check, ErrorRecord error) => new(ComputerName, check, null, error.Exception.Message, HostRemedy.StartService);

    private string ComputerName => _host.ComputerName ?? (_host.CimSession?.Text("ComputerName") is { Length: > 0 } name ? name : Environment.MachineName);
}
