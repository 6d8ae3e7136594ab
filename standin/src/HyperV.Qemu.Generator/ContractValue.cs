using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace HyperV.Qemu.Generator;

/// <summary>A value of the contract's JSON, read by what the framework has in the box.</summary>
internal sealed class ContractValue
{
    private readonly XElement? _element;

    private ContractValue(XElement? element) => _element = element;

    /// <summary>The member's name, where the value is a member of an object.</summary>
    public string Name => _element?.Attribute("item")?.Value ?? _element?.Name.LocalName ?? string.Empty;

    /// <summary>Whether the value is there, and is not null.</summary>
    public bool Exists => _element is not null && _element.Attribute("type")?.Value != "null";

    /// <summary>The value as text; empty where there is none.</summary>
    public string Text => Exists ? _element!.Value : string.Empty;

    /// <summary>The value as a truth; false where there is none.</summary>
    public bool IsTrue => Text == "true";

    /// <summary>The value as a number; null where there is none.</summary>
    public long? Number => Exists ? long.Parse(Text, CultureInfo.InvariantCulture) : null;

    /// <summary>An object's members, or an array's items.</summary>
    public IEnumerable<ContractValue> Members
        => _element?.Elements().Select(element => new ContractValue(element)) ?? Enumerable.Empty<ContractValue>();

    /// <summary>An object's member.</summary>
    public ContractValue this[string name]
        => Members.FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.Ordinal)) ?? new ContractValue(null);

    /// <summary>Reads a JSON text.</summary>
    public static ContractValue Parse(string json)
    {
        using var reader = JsonReaderWriterFactory.CreateJsonReader(Encoding.UTF8.GetBytes(json), XmlDictionaryReaderQuotas.Max);
        return new ContractValue(XElement.Load(reader));
    }
}
