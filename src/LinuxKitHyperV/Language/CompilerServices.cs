namespace System.Runtime.CompilerServices;

/// <summary>What the compiler marks a constructor of a type with required members with; .NET Standard 2.0 has none.</summary>
/// <param name="featureName">What a compiler must know to call it.</param>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
{
    /// <summary>What a compiler must know.</summary>
    public string FeatureName { get; } = featureName;
}

/// <summary>What the compiler marks a required member, and its type, with; .NET Standard 2.0 has none.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
internal sealed class RequiredMemberAttribute : Attribute;

/// <summary>What the compiler marks an init accessor with; .NET Standard 2.0 has none.</summary>
internal static class IsExternalInit;
