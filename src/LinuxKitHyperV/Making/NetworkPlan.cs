using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Making;

/// <summary>The steps that give a VM its network adapters. New-VM has given it the first one.</summary>
internal static class NetworkPlan
{
    /// <summary>Plans the adapters of a VM.</summary>
    public static IEnumerable<PlanStep> Connect(MachineSpec spec, StepOutput<PSObject> machine)
    {
        var failure = new CallFailure(
            "NetworkConnectionFailed",
            $"The VM '{spec.Name}' could not be connected.",
            spec.Name,
            "Choose another switch with -SwitchName, or use -NoNetwork.");
        var first = new StepOutput<PSObject>("network adapter");
        yield return new CallStep(
            "Find its network adapter",
            new HyperVCall(HyperVCommand.GetVMNetworkAdapter) { { "VM", machine } },
            failure)
        {
            Output = first,
            IsDetail = true,
        };
        if (spec.Adapters.Count == 0)
        {
            yield return new CallStep(
                "Remove its network adapter",
                new HyperVCall(HyperVCommand.RemoveVMNetworkAdapter) { { "VMNetworkAdapter", first } },
                failure);
        }

        foreach (var (adapter, index) in spec.Adapters.Select((adapter, index) => (adapter, index)))
        {
            var output = index == 0 ? first : new StepOutput<PSObject>($"network adapter {index + 1}");
            if (index > 0)
            {
                yield return new CallStep(
                    "Add a network adapter",
                    new HyperVCall(HyperVCommand.AddVMNetworkAdapter) { { "VM", machine }, { "Passthru", true } },
                    failure)
                {
                    Output = output,
                };
            }

            foreach (var step in Connect(adapter, output, failure))
            {
                yield return step;
            }
        }
    }

    private static IEnumerable<PlanStep> Connect(MachineAdapter adapter, StepOutput<PSObject> output, CallFailure failure)
    {
        yield return new CallStep(
            $"Connect it to the switch '{adapter.Switch.Name()}'",
            new HyperVCall(HyperVCommand.ConnectVMNetworkAdapter) { { "VMNetworkAdapter", output }, { "VMSwitch", adapter.Switch } },
            failure);
        if (adapter.MacAddress is { } address)
        {
            yield return new CallStep(
                $"Give it the MAC address {address}",
                new HyperVCall(HyperVCommand.SetVMNetworkAdapter) { { "VMNetworkAdapter", output }, { "StaticMacAddress", address } },
                failure);
        }

        if (adapter.VlanId is { } vlanId)
        {
            yield return new CallStep(
                $"Put it into VLAN {vlanId.ToString(CultureInfo.InvariantCulture)}",
                new HyperVCall(HyperVCommand.SetVMNetworkAdapterVlan) { { "VMNetworkAdapter", output }, { "Access", true }, { "VlanId", vlanId } },
                failure);
        }
    }
}
