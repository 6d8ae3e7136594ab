using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LinuxKitHyperV.Tests.WindowsPowerShell;

/// <summary>The types of a set of reference assemblies, with their members.</summary>
internal sealed class ReferenceAssemblies
{
    private readonly Dictionary<string, (MetadataReader Reader, TypeDefinition Definition)> _types = new(StringComparer.Ordinal);
    private readonly HashSet<TypeUse> _answers = [];

    public ReferenceAssemblies(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            // The reader looks into the image for as long as it is asked.
            var image = new PEReader(ImmutableArray.Create(File.ReadAllBytes(file)));
            if (image.HasMetadata && image.GetMetadataReader() is { IsAssembly: true } reader)
            {
                Add(reader);
            }
        }
    }

    /// <summary>Whether the assembly that is asked for the type has it, or forwards to it, and it is there.</summary>
    public bool Has(TypeUse type) => _answers.Contains(type) && _types.ContainsKey(type.Name);

    /// <summary>Whether the type or one of its bases has the member.</summary>
    public bool Has(MemberUse member)
    {
        for (string? type = member.Type; type is not null && _types.TryGetValue(type, out var found); type = Base(found.Reader, found.Definition))
        {
            if (Signatures(found.Reader, found.Definition, member.Name).Contains(member.Signature))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(MetadataReader reader)
    {
        string assembly = reader.GetString(reader.GetAssemblyDefinition().Name);
        foreach (var handle in reader.TypeDefinitions)
        {
            string name = SignatureNames.NameOf(reader, handle);
            _types.TryAdd(name, (reader, reader.GetTypeDefinition(handle)));
            _answers.Add(new TypeUse(assembly, name));
        }

        foreach (var handle in reader.ExportedTypes)
        {
            _answers.Add(new TypeUse(assembly, SignatureNames.NameOf(reader, handle)));
        }
    }

    private static IEnumerable<string> Signatures(MetadataReader reader, TypeDefinition type, string name)
    {
        return type.GetMethods().Select(reader.GetMethodDefinition)
            .Where(method => reader.StringComparer.Equals(method.Name, name))
            .Select(method => SignatureNames.Of(method.DecodeSignature(SignatureNames.Provider, null)))
            .Concat(type.GetFields().Select(reader.GetFieldDefinition)
                .Where(field => reader.StringComparer.Equals(field.Name, name))
                .Select(field => field.DecodeSignature(SignatureNames.Provider, null)));
    }

    private static string? Base(MetadataReader reader, TypeDefinition type) => type.BaseType.Kind switch
    {
        HandleKind.TypeReference or HandleKind.TypeDefinition when !type.BaseType.IsNil => SignatureNames.NameOf(reader, type.BaseType),
        HandleKind.TypeSpecification => reader.GetTypeSpecification((TypeSpecificationHandle)type.BaseType).DecodeSignature(SignatureNames.Provider, null).Split('{')[0],
        _ => null,
    };
}
