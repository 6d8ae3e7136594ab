using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Commands;

/// <summary>Completes paths that are taken as they are: PowerShell's own completion escapes what is a wildcard elsewhere.</summary>
public abstract class LiteralPathCompleter : ValueCompleter
{
    private static readonly char[] Separators = ['/', '\\', ':'];

    private protected LiteralPathCompleter()
    {
    }

    /// <summary>Whether a file is one to offer; folders are, as the way to more.</summary>
    private protected abstract bool IsOffered(string fileName);

    /// <summary>The files and folders in the folder that is typed, which stays written as it is.</summary>
    private protected IEnumerable<string> Paths(string typed)
    {
        var folder = typed.Substring(0, typed.LastIndexOfAny(Separators) + 1);
        return FileSystemPath(folder.Length == 0 ? "." : folder) is { } path
            ? new DirectoryInfo(path).EnumerateFileSystemInfos()
                .Where(item => item is DirectoryInfo || IsOffered(item.Name))
                .OrderBy(item => item.Name, StringComparer.OrdinalIgnoreCase)
                .Select(item => folder + item.Name + (item is DirectoryInfo ? Path.DirectorySeparatorChar.ToString() : string.Empty))
            : [];
    }

    private static string? FileSystemPath(string folder)
    {
        if (!FileName.IsPossible(folder))
        {
            return null;
        }

        using var powerShell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        var session = powerShell
            .AddCommand(@"Microsoft.PowerShell.Utility\Get-Variable")
            .AddParameter("Name", "ExecutionContext")
            .AddParameter("ValueOnly")
            .Invoke<EngineIntrinsics>()
            .Single()
            .SessionState;
        var path = session.Path.GetUnresolvedProviderPathFromPSPath(folder, out var provider, out _);
        return FilePaths.IsFileSystem(provider) && Directory.Exists(path) ? path : null;
    }
}

/// <summary>Completes the paths of files and folders that are taken as they are.</summary>
public sealed class FilePathCompleter : LiteralPathCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters) => Paths(word);

    /// <inheritdoc/>
    private protected override bool IsOffered(string fileName) => true;
}

/// <summary>Completes the paths of images that are taken as they are.</summary>
public sealed class LiteralImagePathCompleter : LiteralPathCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters) => Paths(word);

    /// <inheritdoc/>
    private protected override bool IsOffered(string fileName) => ImageFileName.IsImage(fileName);
}

/// <summary>Completes the paths of images, in which wildcards have a meaning, and the folders on the way to them.</summary>
public sealed class ImagePathCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        CompletionCompleters.CompleteFilename(wordToComplete).Where(result =>
            result.ResultType == CompletionResultType.ProviderContainer ||
            ImageFileName.IsImage(result.ListItemText));
}
