using System;
using System.Management.Automation;

namespace HyperV.Qemu.Controls;

/// <summary>What an old Windows does to the module's objects: PowerShell 7 gets copies of their properties, and no more.</summary>
internal static class CompatibilityLayer
{
    /// <summary>The environment variable that turns it on when it is 1.</summary>
    public const string Variable = "HYPERV_QEMU_DESERIALIZED";

    /// <summary>How deep properties are copied, as between sessions.</summary>
    private const int Depth = 1;

    /// <summary>Whether objects are to be copies.</summary>
    public static bool IsOn => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>Makes the copy.</summary>
    public static object Copy(object value) => PSSerializer.Deserialize(PSSerializer.Serialize(value, Depth));
}
