using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Commands;

/// <summary>Refuses text and copies where a VM object is taken, and says where a name and an id belong: PowerShell would speak of type names.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class VMObjectAttribute : ArgumentTransformationAttribute
{
    private const string CopyTypeName = "Deserialized." + HyperVObject.VirtualMachineTypeName;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var items = given is IEnumerable list and not string ? list.Cast<object?>() : [inputData];

        // One of the pipeline's: PowerShell takes no object for a list of PSObject before it has taken its id for -Id, and with that its host is lost.
        if (given is not null && PSObject.AsPSObject(inputData) is var machine && machine.TypeNames.Contains(HyperVObject.VirtualMachineTypeName))
        {
            return new[] { machine };
        }

        // Of what comes from the pipeline, PowerShell tries other parameters where the reason is a cast, and ends at any other.
        return items.Select(Refusal).FirstOrDefault(refusal => refusal is not null) is { } refusal
            ? throw new ArgumentTransformationMetadataException(refusal, new PSInvalidCastException())
            : inputData;
    }

    private static string? Refusal(object? item) => item is null ? null : PSObject.AsPSObject(item) switch
    {
        { BaseObject: string text } => $"'{text}' is text and no VM object. Give the name of a VM with -Name, or its object, as Get-LinuxKitVM emits it.",
        var copy when copy.TypeNames.Contains(CopyTypeName) => $"'{copy.Name()}' is a copy of a VM object. Pipe it to the cmdlet, or give its Id with -Id.",
        _ => null,
    };
}
