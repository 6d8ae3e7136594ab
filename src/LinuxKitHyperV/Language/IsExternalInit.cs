namespace System.Runtime.CompilerServices;

/// <summary>What the compiler marks an init accessor with; .NET Standard 2.0 has none.</summary>
internal static class IsExternalInit;
