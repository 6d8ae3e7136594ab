namespace LinuxKitHyperV.Terminal;

/// <summary>How much a terminal shows.</summary>
/// <param name="Rows">Its lines.</param>
/// <param name="Columns">The characters in a line.</param>
internal readonly record struct TerminalSize(int Rows, int Columns);
