using System;
using System.IO;

namespace LinuxKitHyperV.Console;

/// <summary>The log file of a console cannot be written.</summary>
internal sealed class ConsoleLogException : IOException
{
    /// <summary>Names the file and the reason.</summary>
    public ConsoleLogException(string path, string reason, Exception? innerException = null)
        : base($"The console cannot be logged to '{path}': {reason}", innerException) => Path = path;

    /// <summary>Gets the file's path.</summary>
    public string Path { get; }
}
