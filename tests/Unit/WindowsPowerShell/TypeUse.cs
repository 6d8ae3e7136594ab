namespace LinuxKitHyperV.Tests.WindowsPowerShell;

/// <summary>A type that an assembly takes from another one.</summary>
/// <param name="Assembly">The simple name of the assembly that is asked for it.</param>
/// <param name="Name">Its full name.</param>
internal sealed record TypeUse(string Assembly, string Name);
