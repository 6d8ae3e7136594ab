using System;
using System.IO;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Requests;

/// <summary>
/// Where what is made for a VM goes: into the current folder; or, where that is none for it, into one of the VM's name where its host keeps disks.
/// </summary>
internal sealed class MachineFolder
{
    private readonly Func<string, string> _toFullPath;
    private readonly string _current;
    private readonly string? _reason;
    private readonly Func<string> _own;
    private readonly Action<string> _warn;

    /// <summary>The folder of a VM.</summary>
    /// <param name="toFullPath">Makes a path absolute: relative to the current folder.</param>
    /// <param name="current">The current folder.</param>
    /// <param name="reason">Why nothing is made there; null where it is.</param>
    /// <param name="own">Finds the folder of the VM's name.</param>
    /// <param name="warn">Is told, once, that something is made elsewhere.</param>
    public MachineFolder(Func<string, string> toFullPath, string current, string? reason, Func<string> own, Action<string> warn)
    {
        _toFullPath = toFullPath;
        _current = current;
        _reason = reason;
        _own = own;
        _warn = warn;
    }

    /// <summary>The folder of the VM's name, once something is to be made in it.</summary>
    public string? Own { get; private set; }

    /// <summary>The current folder, whatever it is: another host's, say, which cannot be looked at.</summary>
    public static MachineFolder Current(Func<string, string> toFullPath) => new(toFullPath, string.Empty, null, () => string.Empty, _ => { });

    /// <summary>Why nothing is made for VMs in a folder; null where it is.</summary>
    public static string? ReasonAgainst(string folder) =>
        FilePlace.Of(folder).Reach != FileReach.Computer ? $"Hyper-V does not reach '{folder}'"
        : FilePlace.IsOf(folder, Environment.GetFolderPath(Environment.SpecialFolder.Windows)) ? $"'{folder}' is Windows' own"
        : null;

    /// <summary>The file that a user names, whether it is there or not.</summary>
    public string Named(string path) => _toFullPath(path);

    /// <summary>A file of a name that the user did not choose.</summary>
    public string For(string name) => _reason is not null ? InOwn(name, _reason) : _current.Length > 0 ? Path.Combine(_current, name) : _toFullPath(name);

    /// <summary>Where a file is made that a user named, and that is not there.</summary>
    public string ForNew(string file)
    {
        var folder = Path.GetDirectoryName(file);
        return folder is null ? file
            : _reason is not null && folder.Equals(_current, StringComparison.OrdinalIgnoreCase) ? InOwn(Path.GetFileName(file), _reason)
            : FilePlace.Of(folder).Reach == FileReach.Session ? InOwn(Path.GetFileName(file), $"Hyper-V does not reach '{folder}'")
            : file;
    }

    /// <summary>A copy for Hyper-V of a file that it does not reach.</summary>
    public string ForCopy(string name, string original) => _reason is null && FilePlace.Of(original).Reach == FileReach.Computer
        ? For(name)
        : InOwn(name, _reason ?? $"Hyper-V does not reach '{original}'");

    private string InOwn(string name, string reason)
    {
        if (Own is null)
        {
            Own = _own();
            _warn($"What is made for the VM is put into '{Own}': {reason}.");
        }

        return Path.Combine(Own, name);
    }
}
