using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LinuxKitHyperV.Tests.WindowsPowerShell;

/// <summary>What an assembly takes from others: its type and member references.</summary>
internal sealed class AssemblyUses
{
    private AssemblyUses(IReadOnlySet<TypeUse> types, IReadOnlySet<MemberUse> members)
    {
        Types = types;
        Members = members;
    }

    public IReadOnlySet<TypeUse> Types { get; }

    public IReadOnlySet<MemberUse> Members { get; }

    public static AssemblyUses Read(string path)
    {
        using var file = new PEReader(ImmutableArray.Create(File.ReadAllBytes(path)));
        var reader = file.GetMetadataReader();
        var types = reader.TypeReferences.Select(handle => new TypeUse(AssemblyOf(reader, handle), SignatureNames.NameOf(reader, handle)));
        var members = reader.MemberReferences.Select(handle => Use(reader, reader.GetMemberReference(handle))).OfType<MemberUse>();
        return new AssemblyUses(types.ToHashSet(), members.ToHashSet());
    }

    private static string AssemblyOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind == HandleKind.TypeReference
            ? AssemblyOf(reader, (TypeReferenceHandle)scope)
            : reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name);
    }

    /// <returns>Null for a member of the assembly's own generic types, and of arrays, which the runtime makes.</returns>
    private static MemberUse? Use(MetadataReader reader, MemberReference member)
    {
        string? type = member.Parent.Kind switch
        {
            HandleKind.TypeReference => SignatureNames.NameOf(reader, member.Parent),
            HandleKind.TypeSpecification => GenericType(reader.GetTypeSpecification((TypeSpecificationHandle)member.Parent).DecodeSignature(SignatureNames.Provider, null)),
            _ => null,
        };
        if (type is null || reader.TypeDefinitions.Any(handle => SignatureNames.NameOf(reader, handle) == type))
        {
            return null;
        }

        string signature = member.GetKind() == MemberReferenceKind.Method
            ? SignatureNames.Of(member.DecodeMethodSignature(SignatureNames.Provider, null))
            : member.DecodeFieldSignature(SignatureNames.Provider, null);
        return new MemberUse(type, reader.GetString(member.Name), signature);
    }

    private static string? GenericType(string name)
    {
        int arguments = name.IndexOf('{', StringComparison.Ordinal);
        return arguments > 0 && !name.EndsWith(']') ? name[..arguments] : null;
    }
}
