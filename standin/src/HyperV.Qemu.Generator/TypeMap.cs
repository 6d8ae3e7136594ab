using System;
using System.Collections.Generic;
using System.Linq;

namespace HyperV.Qemu.Generator;

/// <summary>Turns the contract's type names into C#.</summary>
internal sealed class TypeMap
{
    private const string Nullable = "System.Nullable<";

    /// <summary>An enumeration that only the documentation of newer modules names.</summary>
    private const string IsolationType = "Microsoft.HyperV.PowerShell.GuestIsolationType";

    /// <summary>The value types of the contract that are no enumerations.</summary>
    private static readonly HashSet<string> Values = new(StringComparer.Ordinal)
    {
        "bool", "byte", "short", "int", "long", "ushort", "uint", "ulong",
        "System.Boolean", "System.Byte", "System.Int16", "System.Int32", "System.Int64", "System.UInt16", "System.UInt32",
        "System.UInt64", "System.Guid", "System.DateTime", "System.TimeSpan",
    };

    /// <summary>PowerShell's short names.</summary>
    private static readonly Dictionary<string, string> Accelerators = new(StringComparer.Ordinal)
    {
        ["switch"] = "System.Management.Automation.SwitchParameter",
        ["pscredential"] = "System.Management.Automation.PSCredential",
        ["psobject"] = "System.Management.Automation.PSObject",
        ["CimSession"] = "Microsoft.Management.Infrastructure.CimSession",
        ["ciminstance"] = "Microsoft.Management.Infrastructure.CimInstance",
        ["hashtable"] = "System.Collections.Hashtable",
        ["guid"] = "System.Guid",
        ["version"] = "System.Version",
        ["timespan"] = "System.TimeSpan",
        ["int16"] = "short",
        ["uint16"] = "ushort",
        ["uint32"] = "uint",
        ["uint64"] = "ulong",
        ["String"] = "string",
        ["UInt32"] = "uint",
        ["GuestIsolationType"] = IsolationType,
    };

    private readonly HashSet<string> _enumerations;

    /// <summary>Only the contract knows which of its types are enumerations.</summary>
    public TypeMap(ContractValue objects)
        => _enumerations = new HashSet<string>(objects["enums"].Members.Select(definition => definition.Name), StringComparer.Ordinal);

    /// <summary>A property's type; references may be null.</summary>
    public string Of(string contractName)
    {
        if (contractName.StartsWith(Nullable, StringComparison.Ordinal))
        {
            return Global(contractName.Substring(Nullable.Length).TrimEnd('>')) + "?";
        }

        return IsValue(contractName) || IsCollection(contractName) ? Global(contractName) : Global(contractName) + "?";
    }

    /// <summary>What a property is before anything is known: collections are empty, not null.</summary>
    public static string Initializer(string contractName) => IsCollection(contractName) ? " = [];" : string.Empty;

    /// <summary>A parameter's type; everything but a value may be null.</summary>
    public string OfParameter(string contractName, bool nullable)
    {
        var isArray = contractName.EndsWith("[]", StringComparison.Ordinal);
        var element = isArray ? contractName.Substring(0, contractName.Length - 2) : contractName;
        var name = Accelerators.TryGetValue(element, out var known) ? known : element;
        var isValue = !isArray && (IsValue(name) || name.EndsWith(".SwitchParameter", StringComparison.Ordinal));
        return Global(name.Replace('+', '.')) + (isArray ? "[]" : string.Empty) + (isValue && !nullable ? string.Empty : "?");
    }

    /// <summary>A type of the contract, wherever it is named.</summary>
    public static string Global(string name)
    {
        var open = name.IndexOf('<');
        if (open >= 0)
        {
            return $"global::{name.Substring(0, open)}<{Global(name.Substring(open + 1).TrimEnd('>'))}>";
        }

        return name.Contains('.') ? "global::" + name : name;
    }

    private static bool IsCollection(string name)
        => name.EndsWith("[]", StringComparison.Ordinal) || name.StartsWith("System.Collections.Generic.", StringComparison.Ordinal);

    private bool IsValue(string name) => Values.Contains(name) || _enumerations.Contains(name.Replace('+', '.')) || name == IsolationType;
}
