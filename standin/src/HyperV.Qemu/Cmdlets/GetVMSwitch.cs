using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets switches.</content>
[Implements(nameof(Name), nameof(Id), nameof(SwitchType))]
public partial class GetVMSwitch
{
    private protected override void Process()
    {
        foreach (var host in Hosts)
        {
            var all = host.Store.Settings.Switches.ConvertAll(definition => new VMSwitch(host, definition));
            foreach (var found in Id is null ? ByName(all) : ById(all, Id))
            {
                if (SwitchType is null || SwitchType.Contains(found.SwitchType))
                {
                    WriteObject(found);
                }
            }
        }
    }

    private List<VMSwitch> ByName(List<VMSwitch> all)
    {
        var pattern = WildcardPattern.Get(Name ?? "*", WildcardOptions.IgnoreCase);
        var found = all.FindAll(candidate => pattern.IsMatch(candidate.Name));
        return found.Count > 0 || Name is null || WildcardPattern.ContainsWildcardCharacters(Name)
            ? found
            : throw Errors.SwitchNotFound(Name);
    }

    private static List<VMSwitch> ById(List<VMSwitch> all, Guid[] ids)
    {
        var found = all.FindAll(candidate => ids.Contains(candidate.Id));
        return found.Count > 0 ? found : throw Errors.NoSuchSwitch();
    }
}
