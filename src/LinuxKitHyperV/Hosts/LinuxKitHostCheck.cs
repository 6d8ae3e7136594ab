namespace LinuxKitHyperV.Hosts;

/// <summary>Whether a host has something that this module needs.</summary>
public sealed class LinuxKitHostCheck
{
    private readonly bool _isOpen;

    internal LinuxKitHostCheck(string computerName, string check, bool? passed, string detail, string remedy, bool isOpen = false)
    {
        _isOpen = isOpen;
        ComputerName = computerName;
        Check = check;
        Passed = passed;
        Detail = detail;
        Remedy = passed == true ? string.Empty : remedy;
    }

    /// <summary>The host.</summary>
    public string ComputerName { get; }

    /// <summary>What was checked.</summary>
    public string Check { get; }

    /// <summary>Whether it is as it should be; null where that could not be found out.</summary>
    public bool? Passed { get; }

    /// <summary>What was found.</summary>
    public string Detail { get; }

    /// <summary>What to do; empty where nothing is to be done.</summary>
    public string Remedy { get; }

    /// <summary>Whether nothing speaks against the host: it passed, or cannot be found out before a VM runs.</summary>
    internal bool IsGood => Passed ?? _isOpen;

    /// <summary>The check in a line.</summary>
    public override string ToString() => $"{Check}: {Detail}";
}
