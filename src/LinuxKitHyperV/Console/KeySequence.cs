using System.Collections.Generic;

namespace LinuxKitHyperV.Console;

/// <summary>What the keys of a terminal send: those of xterm, which UEFI firmware, shells and editors know.</summary>
internal static class KeySequence
{
    private static readonly IReadOnlyDictionary<LinuxKitConsoleKey, string> Sequences = new Dictionary<LinuxKitConsoleKey, string>
    {
        [LinuxKitConsoleKey.Enter] = "\r",
        [LinuxKitConsoleKey.Tab] = "\t",
        [LinuxKitConsoleKey.Escape] = "\x1b",
        [LinuxKitConsoleKey.Backspace] = "\x7f",
        [LinuxKitConsoleKey.CtrlC] = "\x03",
        [LinuxKitConsoleKey.CtrlD] = "\x04",
        [LinuxKitConsoleKey.CtrlU] = "\x15",
        [LinuxKitConsoleKey.CtrlZ] = "\x1a",
        [LinuxKitConsoleKey.CtrlBackslash] = "\x1c",
        [LinuxKitConsoleKey.Up] = "\x1b[A",
        [LinuxKitConsoleKey.Down] = "\x1b[B",
        [LinuxKitConsoleKey.Right] = "\x1b[C",
        [LinuxKitConsoleKey.Left] = "\x1b[D",
        [LinuxKitConsoleKey.Home] = "\x1b[H",
        [LinuxKitConsoleKey.End] = "\x1b[F",
        [LinuxKitConsoleKey.Insert] = "\x1b[2~",
        [LinuxKitConsoleKey.Delete] = "\x1b[3~",
        [LinuxKitConsoleKey.PageUp] = "\x1b[5~",
        [LinuxKitConsoleKey.PageDown] = "\x1b[6~",
        [LinuxKitConsoleKey.F1] = "\x1bOP",
        [LinuxKitConsoleKey.F2] = "\x1bOQ",
        [LinuxKitConsoleKey.F3] = "\x1bOR",
        [LinuxKitConsoleKey.F4] = "\x1bOS",
        [LinuxKitConsoleKey.F5] = "\x1b[15~",
        [LinuxKitConsoleKey.F6] = "\x1b[17~",
        [LinuxKitConsoleKey.F7] = "\x1b[18~",
        [LinuxKitConsoleKey.F8] = "\x1b[19~",
        [LinuxKitConsoleKey.F9] = "\x1b[20~",
        [LinuxKitConsoleKey.F10] = "\x1b[21~",
        [LinuxKitConsoleKey.F11] = "\x1b[23~",
        [LinuxKitConsoleKey.F12] = "\x1b[24~",
    };

    /// <summary>What a key sends.</summary>
    public static string Of(LinuxKitConsoleKey key) => Sequences[key];
}
