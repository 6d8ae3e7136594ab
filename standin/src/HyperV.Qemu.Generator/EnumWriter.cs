using System.Linq;
using System.Text;

namespace HyperV.Qemu.Generator;

/// <summary>Writes an enumeration with the contract's numbers.</summary>
internal static class EnumWriter
{
    public static string Write(ContractValue definition)
    {
        var name = new TypeName(definition.Name);
        var text = new StringBuilder(name.Open());
        text.AppendLine($"/// <summary>The enumeration <c>{definition.Name}</c>.</summary>");
        if (definition["flags"].IsTrue)
        {
            text.AppendLine("[System.Flags]");
        }

        text.AppendLine($"public enum {name.Simple} : {definition["underlying"].Text}");
        text.AppendLine("{");
        foreach (var member in definition["members"].Members.OrderBy(member => member.Number))
        {
            text.AppendLine($"    /// <summary><c>{member.Name}</c>.</summary>");
            text.AppendLine($"    {member.Name} = {member.Text},");
        }

        text.AppendLine("}");
        return text.Append(name.Close()).ToString();
    }
}
