namespace LinuxKitHyperV.Tests.WindowsPowerShell;

/// <summary>A member that an assembly takes from another one.</summary>
/// <param name="Type">Its type's full name; of a generic type without arguments.</param>
/// <param name="Name">Its name, as in metadata.</param>
/// <param name="Signature">Types of what it gives and takes, as <see cref="SignatureNames"/> writes them.</param>
internal sealed record MemberUse(string Type, string Name, string Signature)
{
    public override string ToString() => $"{Type}::{Name} {Signature}";
}
