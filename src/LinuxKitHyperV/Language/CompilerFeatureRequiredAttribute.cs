namespace System.Runtime.CompilerServices;

/// <summary>What the compiler marks a constructor of a type with required members with; .NET Standard 2.0 has none.</summary>
/// <param name="featureName">What a compiler must know to call it.</param>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
{
    /// <summary>Gets what a compiler must know.</summary>
    public string FeatureName { get; } = featureName;
}
