using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace LinuxKitHyperV.Commands;

/// <summary>Refuses text where a VM object is taken, and says where a name belongs: PowerShell would speak of type names.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RefuseTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var items = given is IEnumerable list and not string ? list.Cast<object?>() : [given];
        var text = items.Select(item => item is PSObject wrappedItem ? wrappedItem.BaseObject : item).OfType<string>().FirstOrDefault();

        // Of what comes from the pipeline, PowerShell tries other parameters where the reason is a cast, and ends at any other.
        return text is null
            ? inputData
            : throw new ArgumentTransformationMetadataException(
                $"'{text}' is text and no VM object. Give the name of a VM with -Name, or its object, as Get-LinuxKitVM emits it.",
                new PSInvalidCastException());
    }
}
