namespace LinuxKitHyperV.Faults.Tests;

/// <summary>How thoroughly something is measured.</summary>
public enum Form
{
    /// <summary>As CI does at each change.</summary>
    Short,

    /// <summary>With ./build.sh test -Suite Faults -Long.</summary>
    Long,
}
