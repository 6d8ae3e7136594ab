namespace System.Runtime.CompilerServices;

/// <summary>What the compiler marks a required member, and its type, with; .NET Standard 2.0 has none.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
internal sealed class RequiredMemberAttribute : Attribute;
