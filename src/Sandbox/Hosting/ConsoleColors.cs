using System;
using System.Management.Automation;

namespace Sandbox.Hosting;

/// <summary>Escape sequences for the console's named colors.</summary>
internal static class ConsoleColors
{
    /// <summary>Stands for the terminal's own color, which has no name.</summary>
    public const ConsoleColor Unnamed = (ConsoleColor)(-1);

    public static string Paint(ConsoleColor foreground, ConsoleColor background, string text)
    {
        string paint = (foreground == Unnamed ? string.Empty : PSStyle.MapForegroundColorToEscapeSequence(foreground))
            + (background == Unnamed ? string.Empty : PSStyle.MapBackgroundColorToEscapeSequence(background));
        return paint.Length == 0 ? text : paint + text + PSStyle.Instance.Reset;
    }
}
