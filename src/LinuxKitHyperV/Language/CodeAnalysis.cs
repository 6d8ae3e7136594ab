namespace System.Diagnostics.CodeAnalysis;

/// <summary>Tells the compiler for which result an output is not null; .NET Standard 2.0 has none.</summary>
/// <param name="returnValue">The result.</param>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class NotNullWhenAttribute(bool returnValue) : Attribute
{
    /// <summary>The result.</summary>
    public bool ReturnValue { get; } = returnValue;
}

/// <summary>What the compiler marks the copying constructor of a record with required members with; .NET Standard 2.0 has none.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
internal sealed class SetsRequiredMembersAttribute : Attribute;
