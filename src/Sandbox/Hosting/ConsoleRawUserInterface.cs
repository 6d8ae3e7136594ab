using System;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace Sandbox.Hosting;

/// <summary>
/// The terminal's size, title and keys. Where the cursor stands is not known: asking a terminal means reading its
/// answer from standard input, which belongs to whoever runs in the pipeline.
/// </summary>
internal sealed class ConsoleRawUserInterface(Terminal terminal, Questions questions) : PSHostRawUserInterface
{
    public override Size BufferSize
    {
        get => new(terminal.Width, terminal.Height);
        set => throw new PSNotSupportedException();
    }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw new PSNotSupportedException();
    }

    public override Size MaxWindowSize => BufferSize;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Coordinates CursorPosition
    {
        get => default;
        set => throw new PSNotSupportedException();
    }

    public override Coordinates WindowPosition
    {
        get => default;
        set => throw new PSNotSupportedException();
    }

    public override int CursorSize { get; set; } = 25;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColors.Unnamed;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColors.Unnamed;

    public override string WindowTitle
    {
        get => string.Empty;
        set => Console.Title = value;
    }

    public override bool KeyAvailable => terminal.InputIsTerminal && Console.KeyAvailable;

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        var key = questions.ReadKey();
        if ((options & ReadKeyOptions.NoEcho) == 0)
        {
            terminal.Write(key.KeyChar.ToString());
        }

        return new KeyInfo((int)key.Key, key.KeyChar, controlKeyState: 0, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new PSNotSupportedException();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new PSNotSupportedException();

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new PSNotSupportedException();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
    {
        throw new PSNotSupportedException();
    }
}
