using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Networking;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Hosts;

/// <summary>Finds out whether a host is ready for VMs of LinuxKit.</summary>
internal sealed class HostInspection
{
    // What a VM takes by default, and what its files may grow to at least.
    private const long NeededBytes = MachineSpec.DefaultMemoryBytes;

    private const string ConsolePipe = "Console pipe";

    private readonly IHyperV _hyperV;
    private readonly HyperVHost _host;
    private readonly PowerShellFacts _powerShell;

    public HostInspection(IHyperV hyperV, HyperVHost host, PowerShellFacts powerShell)
    {
        _hyperV = hyperV;
        _host = host;
        _powerShell = powerShell;
    }

    /// <summary>The checks; the first that fails is the first to mend.</summary>
    public IEnumerable<LinuxKitHostCheck> Run()
    {
        var asked = _hyperV.Invoke(_host.Call(HyperVCommand.GetVMHost));
        var vmHost = asked.Output.FirstOrDefault();

        // The host's object has the session by which it was asked, with the account.
        var facts = new HostFacts(_hyperV, vmHost is null ? _host : HyperVHost.Of(vmHost));
        var model = facts.Find("Win32_ComputerSystem") is { } system ? new ComputerModel(system) : null;
        yield return Module();
        yield return PowerShell(vmHost);
        foreach (var check in Answers(asked.FirstError, facts, model))
        {
            yield return check;
        }

        var listed = vmHost is null ? null : _hyperV.Invoke(_host.Call(HyperVCommand.GetVM));
        var running = (listed?.Output ?? []).Where(machine => machine.State() == "Running").ToList();
        yield return Hypervisor(model, running.Count > 0);
        yield return Nesting(model, running.Count > 0);
        if (vmHost is not null)
        {
            yield return Switch();
            yield return Memory(facts);
            yield return Disk(facts, "Virtual machine path", vmHost.Text("VirtualMachinePath"));
            yield return Disk(facts, "Virtual hard disk path", vmHost.Text("VirtualHardDiskPath"));
            yield return listed!.FirstError is { } error ? Unlisted(ConsolePipe, error) : ConsolePipes(running);
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
    private IEnumerable<LinuxKitHostCheck> Answers(ErrorRecord? error, HostFacts facts, ComputerModel? model)
    {
        HostPart? cause = error is null ? null : CauseOf(error, facts, model);
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
    private HostPart CauseOf(ErrorRecord error, HostFacts facts, ComputerModel? model) => error switch
    {
        _ when HyperVErrors.IsModuleMissing(error) => HostPart.Module,
        { CategoryInfo.Category: ErrorCategory.PermissionDenied } => HostPart.Rights,
        { CategoryInfo.Category: ErrorCategory.ObjectNotFound } => HostPart.Service,
        { CategoryInfo.Category: not ErrorCategory.NotSpecified } => HostPart.Host,
        _ when model is null => _host.IsLocal ? HostPart.Rights : HostPart.Host,
        _ => facts.Find("Win32_Service", "Name='vmms'")?.Text("State") == "Running" ? HostPart.Rights : HostPart.Service,
    };

    /// <remarks>A VM that runs needs a hypervisor. In a host that is a VM itself, nothing else shows that it has one of its own.</remarks>
    private LinuxKitHostCheck Hypervisor(ComputerModel? model, bool runsMachines)
    {
        const string Name = "Hypervisor";
        const string Runs = "It runs.";
        return model switch
        {
            _ when runsMachines => Check(Name, true, Runs, string.Empty),
            { SeesHypervisor: false } => Check(Name, false, "It does not run.", HostRemedy.StartHypervisor),
            { SeesHypervisor: true, IsVirtual: true } => Open(Name, "Windows sees one, which may be that of the host's own host. A VM that runs shows it.", HostRemedy.StartHypervisor),
            { SeesHypervisor: true } => Check(Name, true, Runs, string.Empty),
            _ => Unknown(Name, HostRemedy.StartHypervisor),
        };
    }

    private LinuxKitHostCheck Nesting(ComputerModel? model, bool runsMachines)
    {
        const string Name = "Nested virtualization";
        const string Remedy =
            "On the host of this VM, while it is off: Set-VMProcessor -VMName NAME -ExposeVirtualizationExtensions $true. For an external switch, also: Set-VMNetworkAdapter -VMName NAME -MacAddressSpoofing On.";
        return model switch
        {
            null => Unknown(Name, Remedy),
            { IsVirtual: false } => Check(Name, true, $"The host is no VM, as far as its model tells ({model.Name}).", string.Empty),
            _ when runsMachines => Check(Name, true, $"The host is a VM itself ({model.Name}), and runs VMs.", string.Empty),
            { SeesHypervisor: false } => Check(Name, false, $"The host is a VM itself ({model.Name}), and has no hypervisor.", Remedy),
            _ => Open(Name, $"The host is a VM itself ({model.Name}). Whether it may run VMs is not told from within. A VM that runs shows it.", Remedy),
        };
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
        if (path.StartsWith(@"\\", StringComparison.Ordinal))
        {
            return Open(check, $"'{path}' is a share: its server knows what is free.", Remedy);
        }

        // Where paths have no drive there is one root.
        var drive = path.Length > 1 && path[1] == ':' ? path.Substring(0, 2) : "/";
        return long.TryParse(facts.Find("Win32_LogicalDisk", $"DeviceID='{drive}'")?.Text("FreeSpace"), NumberStyles.None, CultureInfo.InvariantCulture, out var free)
            ? Check(check, free >= NeededBytes, $"{SizeText.Of((free >> 20) << 20)} are free on {drive}, where '{path}' is.", Remedy)
            : Unknown(check, Remedy);
    }

    private LinuxKitHostCheck ConsolePipes(IEnumerable<PSObject> running)
    {
        const string Remedy = "Check that COM 1 of the VM has a pipe and that you may use it: pipes are there for administrators and members of Hyper-V Administrators while the VM runs. Of another host they are reached by SMB.";
        var ours = running.Select(LinuxKitMachine.From).OfType<LinuxKitMachine>().ToList();
        if (ours.Count == 0)
        {
            return Open(ConsolePipe, "No VM of this module runs.", "Start a VM to find out.");
        }

        var missing = ours.Where(machine => !MachineConsole.HasPipe(machine)).Select(machine => $"'{machine.Name}'").ToList();
        return missing.Count == 0
            ? Check(ConsolePipe, true, "The running VMs have theirs.", string.Empty)
            : Check(ConsolePipe, false, $"There is none of {string.Join(", ", missing)}.", Remedy);
    }

    private LinuxKitHostCheck Conflict() => Check(
        "Command names",
        _powerShell.ForeignGetVM is null,
        _powerShell.ForeignGetVM is { } other ? $"Get-VM is that of '{other}'." : "It is Hyper-V's.",
        "This module calls Hyper-V's own all the same. Write the module's name in front of a command yourself, or import Hyper-V last.");

    private LinuxKitHostCheck Check(string check, bool passed, string detail, string remedy) => new(ComputerName, check, passed, detail, remedy);

    /// <summary>What only a VM that runs, or another computer, can tell.</summary>
    private LinuxKitHostCheck Open(string check, string detail, string remedy) => new(ComputerName, check, null, detail, remedy, isOpen: true);

    private LinuxKitHostCheck Unknown(string check, string remedy) => new(ComputerName, check, null, "This could not be found out.", remedy);

    /// <summary>What Hyper-V answered with an error.</summary>
    private LinuxKitHostCheck Unlisted(string check, ErrorRecord error) => new(ComputerName, check, null, error.Exception.Message, HostRemedy.StartService);

    private string ComputerName => _host.ComputerName ?? (_host.CimSession?.Text("ComputerName") is { Length: > 0 } name ? name : Environment.MachineName);
}

/// <summary>What may be at fault where Hyper-V does not answer.</summary>
internal enum HostPart
{
    /// <summary>The Hyper-V module for PowerShell.</summary>
    Module,

    /// <summary>The host, or the way to it.</summary>
    Host,

    /// <summary>The Virtual Machine Management service.</summary>
    Service,

    /// <summary>The account.</summary>
    Rights,
}
