using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sandbox;

/// <summary>Finds the modules that a session starts with.</summary>
internal sealed class ModuleSearch
{
    private const string PathVariable = "PSModulePath";

    private readonly List<string> _folders;

    /// <param name="first">The folders that are looked at before those of PSModulePath.</param>
    public ModuleSearch(IEnumerable<string> first)
    {
        string inherited = Environment.GetEnvironmentVariable(PathVariable) ?? string.Empty;
        _folders = first
            .Concat(inherited.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            .Concat(OwnFolders())
            .Select(Path.GetFullPath)
            .Distinct()
            .ToList();
    }

    /// <summary>Makes the engine look where this search looks, when it loads a module by name.</summary>
    public void Publish()
    {
        Environment.SetEnvironmentVariable(PathVariable, string.Join(Path.PathSeparator, _folders));
    }

    /// <returns>The path of the module's manifest.</returns>
    /// <exception cref="FileNotFoundException">No folder has the module.</exception>
    public string Find(string module)
    {
        return _folders
            .Select(folder => Path.Combine(folder, module, module + ".psd1"))
            .FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"The module '{module}' was not found in: {string.Join(", ", _folders)}. "
                + "Build it first, name the folder that holds it with -ModulePath, or start with -NoModules.");
    }

    /// <summary>The folders into which the repository that this program was built in lays out its modules.</summary>
    private static IEnumerable<string> OwnFolders()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string artifacts = Path.Combine(folder.FullName, "artifacts");
            if (Directory.Exists(artifacts))
            {
                return [Path.Combine(artifacts, "standin"), Path.Combine(artifacts, "modules")];
            }
        }

        return [];
    }
}
