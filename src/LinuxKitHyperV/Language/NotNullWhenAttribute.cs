namespace System.Diagnostics.CodeAnalysis;

/// <summary>Tells the compiler for which result an output is not null; .NET Standard 2.0 has none.</summary>
/// <param name="returnValue">The result.</param>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class NotNullWhenAttribute(bool returnValue) : Attribute
{
    /// <summary>Gets the result.</summary>
    public bool ReturnValue { get; } = returnValue;
}
