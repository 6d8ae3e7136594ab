using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace HyperV.Qemu.Generator;

/// <summary>Writes the output classes: their bases, and each property that nobody wrote by hand.</summary>
internal static class ObjectWriter
{
    private const string Root = "Microsoft.HyperV.PowerShell.VirtualizationObject";
    private const string Component = "Microsoft.HyperV.PowerShell.VMComponentObject";

    /// <summary>Bases that the properties alone do not tell.</summary>
    private static readonly Dictionary<string, string> Bases = new(StringComparer.Ordinal)
    {
        ["VirtualMachine"] = "VirtualMachineBase",
        ["VMSnapshot"] = "VirtualMachineBase",
        ["VirtualMachineBase"] = "ComputeResource",
        ["HardDiskDrive"] = "Drive",
        ["DvdDrive"] = "Drive",
        ["VMNetworkAdapter"] = "VMNetworkAdapterBase",
        ["VMInternalNetworkAdapter"] = "VMNetworkAdapterBase",
        ["VMScsiController"] = "VMDriveController",
        ["VMIdeController"] = "VMDriveController",
    };

    /// <summary>Opaque classes, and those that the chain of bases needs but the contract's data does not list.</summary>
    private static readonly Dictionary<string, string?> Opaque = new(StringComparer.Ordinal)
    {
        [Root] = null,
        ["Microsoft.HyperV.PowerShell.ComputeResource"] = Root,
        ["Microsoft.HyperV.PowerShell.Drive"] = Component,
        ["Microsoft.HyperV.PowerShell.VMBootSource"] = Component,
    };

    /// <summary>Writes every class.</summary>
    /// <returns>The sources by the classes' full names.</returns>
    public static IEnumerable<KeyValuePair<string, string>> WriteAll(ContractValue contract, HashSet<string> handWritten)
    {
        var classes = contract["classes"].Members
            .Where(definition => !definition.Name.StartsWith("Microsoft.HyperV.PowerShell.Commands.", StringComparison.Ordinal))
            .ToDictionary(definition => definition.Name, StringComparer.Ordinal);

        var types = new TypeMap(contract);
        foreach (var definition in classes.Values)
        {
            var inherited = new HashSet<string>(Inherited(definition.Name, classes, handWritten), StringComparer.Ordinal);
            var properties = definition["properties"].Members
                .Where(property => !inherited.Contains(property.Name) && !handWritten.Contains($"{definition.Name}.{property.Name}"));
            yield return Write(Declaration(definition.Name, Base(definition.Name, classes), handWritten), definition.Name, properties, types);
        }

        foreach (var name in contract["opaque"].Members.Select(member => member.Text).Union(Opaque.Keys))
        {
            Opaque.TryGetValue(name, out var opaqueBase);
            yield return Write(Declaration(name, opaqueBase, handWritten), name, Enumerable.Empty<ContractValue>(), types);
        }
    }

    /// <summary>A class of which nothing is written by hand is never made here, and can therefore be abstract.</summary>
    private static string Declaration(string fullName, string? baseName, HashSet<string> handWritten)
    {
        var made = handWritten.Any(property => property.StartsWith(fullName + ".", StringComparison.Ordinal));
        var ancestor = baseName is null ? string.Empty : " : global::" + baseName;
        return $"public{(made ? string.Empty : " abstract")} partial class {new TypeName(fullName).Simple}{ancestor}";
    }

    private static KeyValuePair<string, string> Write(
        string declaration,
        string fullName,
        IEnumerable<ContractValue> properties,
        TypeMap types)
    {
        var name = new TypeName(fullName);
        var text = new StringBuilder(name.Open());
        text.AppendLine($"/// <summary>What the Hyper-V module calls <c>{fullName}</c>.</summary>");
        text.AppendLine(declaration);
        text.AppendLine("{");
        foreach (var property in properties)
        {
            var type = property.Text;
            text.AppendLine($"    /// <summary>The property <c>{property.Name}</c>.</summary>");
            text.AppendLine($"    public {types.Of(type)} {property.Name} {{ get; internal set; }}{TypeMap.Initializer(type)}");
        }

        text.AppendLine("}");
        return new KeyValuePair<string, string>(fullName, text.Append(name.Close()).ToString());
    }

    private static string? Base(string fullName, Dictionary<string, ContractValue> classes)
    {
        var dot = fullName.LastIndexOf('.');
        if (Bases.TryGetValue(fullName.Substring(dot + 1), out var known))
        {
            return fullName.Substring(0, dot + 1) + known;
        }

        if (Opaque.TryGetValue(fullName, out var opaqueBase))
        {
            return opaqueBase;
        }

        if (!classes.TryGetValue(fullName, out var definition))
        {
            return null;
        }

        var properties = definition["properties"];
        if (fullName != Component && properties["VMSnapshotId"].Exists)
        {
            return Component;
        }

        return properties["IsDeleted"].Exists ? Root : null;
    }

    private static IEnumerable<string> Inherited(
        string fullName,
        Dictionary<string, ContractValue> classes,
        HashSet<string> handWritten)
    {
        for (var ancestor = Base(fullName, classes); ancestor is not null; ancestor = Base(ancestor, classes))
        {
            foreach (var property in handWritten.Where(property => property.StartsWith(ancestor + ".", StringComparison.Ordinal)))
            {
                yield return property.Substring(ancestor.Length + 1);
            }

            if (classes.TryGetValue(ancestor, out var definition))
            {
                foreach (var property in definition["properties"].Members)
                {
                    yield return property.Name;
                }
            }
        }
    }
}
