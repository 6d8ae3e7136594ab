using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;

namespace LinuxKitHyperV.Tests.WindowsPowerShell;

/// <summary>
/// Writes the types of signatures as names without their assemblies (ECMA-335, II.23.2): two signatures are equal when their names are.
/// The arguments of generic types stand in braces: names of compilers' types have angle brackets.
/// </summary>
internal sealed class SignatureNames : ISignatureTypeProvider<string, object?>
{
    public static SignatureNames Provider { get; } = new();

    public static string Of(MethodSignature<string> signature)
    {
        string generic = signature.GenericParameterCount == 0 ? string.Empty : $"``{signature.GenericParameterCount}";
        return $"{signature.ReturnType} {generic}({string.Join(", ", signature.ParameterTypes)})";
    }

    /// <summary>The full name of a type; of a nested one with its outer type's.</summary>
    public static string NameOf(MetadataReader reader, EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeReference)
        {
            var reference = reader.GetTypeReference((TypeReferenceHandle)handle);
            string outer = reference.ResolutionScope.Kind == HandleKind.TypeReference ? NameOf(reader, reference.ResolutionScope) + "+" : string.Empty;
            return outer + Join(reader.GetString(reference.Namespace), reader.GetString(reference.Name));
        }

        if (handle.Kind == HandleKind.ExportedType)
        {
            var exported = reader.GetExportedType((ExportedTypeHandle)handle);
            string outer = exported.Implementation.Kind == HandleKind.ExportedType ? NameOf(reader, exported.Implementation) + "+" : string.Empty;
            return outer + Join(reader.GetString(exported.Namespace), reader.GetString(exported.Name));
        }

        var definition = reader.GetTypeDefinition((TypeDefinitionHandle)handle);
        string declaring = definition.GetDeclaringType() is { IsNil: false } type ? NameOf(reader, type) + "+" : string.Empty;
        return declaring + Join(reader.GetString(definition.Namespace), reader.GetString(definition.Name));
    }

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => elementType + "&";

    public string GetFunctionPointerType(MethodSignature<string> signature) => $"method {Of(signature)}";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}{{{string.Join(", ", typeArguments)}}}";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => isRequired ? $"{unmodifiedType} modreq {modifier}" : unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => NameOf(reader, handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => NameOf(reader, handle);

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
    {
        return reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
    }

    private static string Join(string space, string name) => string.Join('.', new[] { space, name }.Where(part => part.Length > 0));
}
