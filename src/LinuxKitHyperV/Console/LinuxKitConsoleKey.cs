namespace LinuxKitHyperV.Console;

/// <summary>A key that a text cannot hold.</summary>
public enum LinuxKitConsoleKey
{
    /// <summary>Enter.</summary>
    Enter,

    /// <summary>Tab.</summary>
    Tab,

    /// <summary>Escape.</summary>
    Escape,

    /// <summary>Backspace.</summary>
    Backspace,

    /// <summary>Ctrl+C: interrupts what runs.</summary>
    CtrlC,

    /// <summary>Ctrl+D: the end of the input.</summary>
    CtrlD,

    /// <summary>Ctrl+U: empties the line.</summary>
    CtrlU,

    /// <summary>Ctrl+Z: suspends what runs.</summary>
    CtrlZ,

    /// <summary>Ctrl+\: ends what runs.</summary>
    CtrlBackslash,

    /// <summary>The up arrow.</summary>
    Up,

    /// <summary>The down arrow.</summary>
    Down,

    /// <summary>The right arrow.</summary>
    Right,

    /// <summary>The left arrow.</summary>
    Left,

    /// <summary>Home.</summary>
    Home,

    /// <summary>End.</summary>
    End,

    /// <summary>Insert.</summary>
    Insert,

    /// <summary>Delete.</summary>
    Delete,

    /// <summary>Page up.</summary>
    PageUp,

    /// <summary>Page down.</summary>
    PageDown,

    /// <summary>F1.</summary>
    F1,

    /// <summary>F2.</summary>
    F2,

    /// <summary>F3.</summary>
    F3,

    /// <summary>F4.</summary>
    F4,

    /// <summary>F5.</summary>
    F5,

    /// <summary>F6.</summary>
    F6,

    /// <summary>F7.</summary>
    F7,

    /// <summary>F8.</summary>
    F8,

    /// <summary>F9.</summary>
    F9,

    /// <summary>F10.</summary>
    F10,

    /// <summary>F11.</summary>
    F11,

    /// <summary>F12.</summary>
    F12,
}
