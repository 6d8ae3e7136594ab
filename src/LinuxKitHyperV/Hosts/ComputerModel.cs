using System;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Hosts;

/// <summary>What a computer says that it is: Win32_ComputerSystem, which has it from the firmware.</summary>
/// <param name="system">The object of that class.</param>
internal sealed class ComputerModel(PSObject system)
{
    // What hypervisors write into the firmware of their guests.
    private static readonly string[] VirtualMakers = ["QEMU", "Xen", "Amazon EC2"];
    private static readonly string[] VirtualModels = ["Virtual", "VMware", "KVM", "HVM domU", "Google Compute Engine", "OpenStack", "AHV", "BHYVE"];

    /// <summary>The model's name.</summary>
    public string Name { get; } = system.Text("Model");

    /// <summary>Whether it is a VM, as far as its names tell.</summary>
    public bool IsVirtual => !Name.EndsWith(".metal", StringComparison.Ordinal) &&
        (VirtualMakers.Any(maker => Has(system.Text("Manufacturer"), maker)) || VirtualModels.Any(model => Has(Name, model)));

    /// <summary>Whether Windows sees a hypervisor; null where it does not say. In a VM that may be the hypervisor that the VM runs on.</summary>
    public bool? SeesHypervisor { get; } = system.Properties["HypervisorPresent"]?.Value as bool?;

    private static bool Has(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
