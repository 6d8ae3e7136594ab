using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace HyperV.Qemu.Testing;

/// <summary>A folder that is there for one test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("hyperv-qemu-").FullName;

    /// <summary>The names of what is in it.</summary>
    public IEnumerable<string?> Files => Directory.EnumerateFileSystemEntries(_path).Select(Path.GetFileName);

    /// <summary>A file's path in it.</summary>
    public string this[string name] => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
