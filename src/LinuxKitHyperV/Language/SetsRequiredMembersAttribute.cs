namespace System.Diagnostics.CodeAnalysis;

/// <summary>What the compiler marks the copying constructor of a record with required members with; .NET Standard 2.0 has none.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
internal sealed class SetsRequiredMembersAttribute : Attribute;
