using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HyperV.Qemu.Generator;

/// <summary>Writes enumerations, output classes and cmdlet classes as the contract describes them.</summary>
/// <remarks>What is written by hand in a partial class wins: the generator leaves such a property out.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class ContractGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var objects = Contract(context, "objects.json");
        var cmdlets = Contract(context, "hyperv-core.json");

        // One string, because strings compare by value: nothing is written anew while it stays the same.
        var handWritten = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => node is PropertyDeclarationSyntax { Parent: ClassDeclarationSyntax },
                static (syntax, _) => QualifiedName((PropertyDeclarationSyntax)syntax.Node))
            .Collect()
            .Select(static (names, _) => string.Join("\n", names));

        context.RegisterSourceOutput(objects, static (output, json) =>
        {
            var contract = ContractValue.Parse(json);
            foreach (var definition in contract["enums"].Members)
            {
                output.AddSource($"{definition.Name}.g.cs", Source(EnumWriter.Write(definition)));
            }
        });

        context.RegisterSourceOutput(objects.Combine(handWritten), static (output, input) =>
        {
            var taken = new HashSet<string>(input.Right.Split('\n'), StringComparer.Ordinal);
            foreach (var definition in ObjectWriter.WriteAll(ContractValue.Parse(input.Left), taken))
            {
                output.AddSource($"{definition.Key}.g.cs", Source(definition.Value));
            }
        });

        context.RegisterSourceOutput(cmdlets.Combine(objects.Collect()), static (output, input) =>
        {
            var (json, objectContract) = input;
            var writer = new CmdletWriter(new TypeMap(ContractValue.Parse(objectContract.Single())));
            foreach (var definition in ContractValue.Parse(json)["cmdlets"].Members)
            {
                output.AddSource($"{definition.Name}.g.cs", Source(writer.Write(definition)));
            }
        });
    }

    private static IncrementalValuesProvider<string> Contract(IncrementalGeneratorInitializationContext context, string file)
        => context.AdditionalTextsProvider
            .Where(text => string.Equals(Path.GetFileName(text.Path), file, StringComparison.Ordinal))
            .Select(static (text, cancellation) => text.GetText(cancellation)?.ToString() ?? string.Empty);

    private static SourceText Source(string text) => SourceText.From(text, Encoding.UTF8);

    private static string QualifiedName(PropertyDeclarationSyntax property)
    {
        var parts = new List<string> { property.Identifier.Text };
        parts.AddRange(property.Ancestors().OfType<ClassDeclarationSyntax>().Select(parent => parent.Identifier.Text));
        parts.AddRange(property.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Select(parent => parent.Name.ToString()));
        parts.Reverse();
        return string.Join(".", parts);
    }
}
