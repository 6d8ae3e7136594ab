using System.Management.Automation;
using LinuxKitHyperV.Terminal;

namespace LinuxKitHyperV.Commands;

/// <summary>Reads -EscapeKey.</summary>
internal static class EscapeKeyArgument
{
    /// <summary>The key that is meant unless one is given.</summary>
    public const string Default = "Ctrl+]";

    /// <summary>The byte that a key sends, or null for None. The cmdlet ends where it is no key.</summary>
    public static byte? Read(Cmdlet cmdlet, string name)
    {
        if (!ConsoleKeyName.TryParse(name, out var key))
        {
            cmdlet.ThrowTerminatingError(new LinuxKitException(
                "InvalidEscapeKey",
                FailureKind.InvalidArgument,
                $"'{name}' is no key that can leave a console.",
                name,
                "Use Ctrl with a letter or one of @ [ \\ ] ^ _, as in Ctrl+], or None.").ToErrorRecord());
        }

        return key;
    }
}
