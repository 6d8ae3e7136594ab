using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace HyperV.Qemu.Generator;

/// <summary>Writes a cmdlet's class: its name, its parameters, and how they bind.</summary>
internal sealed class CmdletWriter
{
    private const string Automation = "global::System.Management.Automation.";

    private readonly TypeMap _types;

    public CmdletWriter(TypeMap types) => _types = types;

    /// <summary>Writes a cmdlet's class.</summary>
    public string Write(ContractValue cmdlet)
    {
        var name = new TypeName(ClassName(cmdlet.Name));
        var text = new StringBuilder(name.Open());
        var parts = cmdlet.Name.Split('-');
        var defaultSet = cmdlet["parameterSets"].Members.Single(set => set["default"].IsTrue).Name;

        text.AppendLine($"/// <summary>The cmdlet <c>{cmdlet.Name}</c>, with the shape that the contract gives it.</summary>");
        text.Append($"[{Automation}Cmdlet(\"{parts[0]}\", \"{parts[1]}\"");
        if (defaultSet != "__AllParameterSets")
        {
            text.Append($", DefaultParameterSetName = \"{defaultSet}\"");
        }

        if (cmdlet["supportsShouldProcess"].IsTrue)
        {
            text.Append($", SupportsShouldProcess = true, ConfirmImpact = {Automation}ConfirmImpact.{cmdlet["confirmImpact"].Text}");
        }

        text.AppendLine(")]");
        foreach (var output in cmdlet["outputs"].Members)
        {
            text.AppendLine($"[{Automation}OutputType(typeof({TypeMap.Global(output.Text)}))]");
        }

        text.AppendLine($"public sealed partial class {name.Simple} : global::HyperV.Qemu.Cmdlets.HyperVCmdlet");
        text.AppendLine("{");
        var parameters = cmdlet["parameters"].Members.ToList();
        var aliases = new HashSet<string>(
            parameters.SelectMany(parameter => parameter["aliases"].Members).Select(alias => alias.Text),
            StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in parameters)
        {
            // -WhatIf and -Confirm come with SupportsShouldProcess. The documentation lists some aliases as parameters.
            if (parameter.Name is not ("WhatIf" or "Confirm") && !(parameter["docsOnly"].IsTrue && aliases.Contains(parameter.Name)))
            {
                WriteParameter(text, parameter);
            }
        }

        text.AppendLine("}");
        return text.Append(name.Close()).ToString();
    }

    /// <summary>The class's full name, which is part of the FullyQualifiedErrorId.</summary>
    private static string ClassName(string cmdletName) => cmdletName switch
    {
        // The one spelling that differs in errors of the real module.
        "New-VHD" => "Microsoft.Vhd.PowerShell.Cmdlets.NewVhd",
        _ when cmdletName.EndsWith("-VHD", StringComparison.Ordinal) => "Microsoft.Vhd.PowerShell.Cmdlets." + cmdletName.Replace("-", string.Empty),
        _ => "Microsoft.HyperV.PowerShell.Commands." + cmdletName.Replace("-", string.Empty),
    };

    private void WriteParameter(StringBuilder text, ContractValue parameter)
    {
        text.AppendLine($"    /// <summary>The parameter <c>-{parameter.Name}</c>.</summary>");
        WriteBinding(text, parameter);
        if (!parameter["since14393"].IsTrue)
        {
            text.AppendLine("    [global::HyperV.Qemu.Cmdlets.AfterServer2016]");
        }

        var type = parameter["typeFull"].Exists ? parameter["typeFull"].Text : parameter["type"].Text;
        text.AppendLine($"    public {_types.OfParameter(type, parameter["nullable"].IsTrue)} {parameter.Name} {{ get; set; }}");
        text.AppendLine();
    }

    private static void WriteBinding(StringBuilder text, ContractValue parameter)
    {
        foreach (var set in parameter["sets"].Members)
        {
            text.AppendLine($"    [{Automation}Parameter({string.Join(", ", Binding(parameter, set))})]");
        }

        if (parameter["psTypeName"].Exists)
        {
            text.AppendLine($"    [{Automation}PSTypeName(\"{parameter["psTypeName"].Text}\")]");
        }

        var aliases = parameter["aliases"].Members.Select(alias => $"\"{alias.Text}\"").ToList();
        if (aliases.Count > 0)
        {
            text.AppendLine($"    [{Automation}Alias({string.Join(", ", aliases)})]");
        }

        foreach (var rule in parameter["validate"].Members.Select(rule => rule.Text))
        {
            var values = rule == "ValidateSet"
                ? $"({string.Join(", ", parameter["validValues"].Members.Select(value => $"\"{value.Text}\""))})"
                : string.Empty;
            text.AppendLine($"    [{Automation}{rule}{values}]");
        }
    }

    private static IEnumerable<string> Binding(ContractValue parameter, ContractValue set)
    {
        if (set.Name != "__AllParameterSets")
        {
            yield return $"ParameterSetName = \"{set.Name}\"";
        }

        if (set["position"].Exists)
        {
            yield return $"Position = {set["position"].Text}";
        }

        if (set["required"].IsTrue)
        {
            yield return "Mandatory = true";
        }

        if (Either(set, parameter, "pipelineByValue"))
        {
            yield return "ValueFromPipeline = true";
        }

        if (Either(set, parameter, "pipelineByPropertyName"))
        {
            yield return "ValueFromPipelineByPropertyName = true";
        }
    }

    /// <summary>A set may differ from what holds for the parameter.</summary>
    private static bool Either(ContractValue set, ContractValue parameter, string name)
        => set[name].Exists ? set[name].IsTrue : parameter[name].IsTrue;
}
