using System.Collections.Generic;
using System.Text;

namespace LinuxKitHyperV.Terminal;

/// <summary>
/// Tells what is typed for the guest from what is for the terminal: the escape key; and, at the beginning of a line, OpenSSH's ~. and ~?, which every
/// keyboard can type. Two ~ send one, as in ssh(1), ESCAPE CHARACTERS. Within a paste that the terminal marks nothing is an escape: nobody typed it,
/// and the rest of it would come to the prompt that is behind the console.
/// </summary>
/// <param name="key">The escape key; null where nothing is for the terminal.</param>
internal sealed class EscapeReader(byte? key)
{
    private const byte Tilde = (byte)'~';
    private const byte Escape = 0x1b;

    // The last characters of what terminals send by themselves: of the answers CPR, DA and DSR, of reports of modes, the window, the mouse and the focus, of a paste's marks.
    private const string ReplyEnds = "RcnytMmIO~";

    private static readonly byte[] PasteBegins = Encoding.ASCII.GetBytes("\x1b[200~");
    private static readonly byte[] PasteEnds = Encoding.ASCII.GetBytes("\x1b[201~");

    private bool _isAtLineStart = true;
    private bool _isTildeHeld;
    private bool _isInPaste;

    // How much of a paste's next mark has come.
    private int _marked;

    // A control sequence that is being read, and whether it began at the beginning of a line: what a terminal says of itself is no part of the line.
    private ReplyState _reply;
    private bool _isReplyAtLineStart;

    /// <summary>What came last is for the terminal: leave.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Somebody has asked which escapes there are, and is to be answered once.</summary>
    public bool AsksForHelp { get; private set; }

    /// <summary>Reads what was typed, up to what leaves.</summary>
    /// <returns>What the guest gets.</returns>
    public byte[] Read(byte[] typed, int count)
    {
        AsksForHelp = false;
        var keys = new List<byte>(count + 1);
        for (var index = 0; index < count && !HasLeft; index++)
        {
            Read(typed[index], keys);
        }

        return [.. keys];
    }

    private void Read(byte typed, List<byte> keys)
    {
        var isAtLineStart = _isAtLineStart && !_isTildeHeld;
        if (_isInPaste)
        {
            Add(typed, keys);
        }
        else
        {
            ReadOutsidePaste(typed, keys);
        }

        LookForMark(typed);
        LookForReply(typed, isAtLineStart);
    }

    private void LookForMark(byte typed)
    {
        var mark = _isInPaste ? PasteEnds : PasteBegins;
        _marked = typed == mark[0] ? 1 : typed == mark[_marked] ? _marked + 1 : 0;
        if (_marked == mark.Length)
        {
            _marked = 0;
            _isInPaste = !_isInPaste;
        }
    }

    // Shells and firmware ask a terminal where its cursor is, and its answer comes as if it was typed, between Enter and what follows (ECMA-48, CPR and DA;
    // xterm's reports of the mouse, of the focus, and of pastes).
    private void LookForReply(byte typed, bool isAtLineStart)
    {
        switch (_reply)
        {
            case ReplyState.None when typed == Escape:
                _isReplyAtLineStart = isAtLineStart;
                _reply = ReplyState.Escape;
                break;
            case ReplyState.Escape when typed == (byte)'[':
                _reply = ReplyState.Parameters;
                break;
            case ReplyState.Parameters when typed is >= 0x30 and <= 0x3F:
                break;
            case ReplyState.Parameters:
                _isAtLineStart = _isAtLineStart || (_isReplyAtLineStart && ReplyEnds.IndexOf((char)typed) >= 0);
                _reply = ReplyState.None;
                break;
            default:
                _reply = ReplyState.None;
                break;
        }
    }

    private void ReadOutsidePaste(byte typed, List<byte> keys)
    {
        if (typed == key)
        {
            HasLeft = true;
        }
        else if (_isTildeHeld)
        {
            _isTildeHeld = false;
            ReadBehindTilde(typed, keys);
        }
        else if (_isAtLineStart && typed == Tilde && key is not null)
        {
            _isTildeHeld = true;
        }
        else
        {
            Add(typed, keys);
        }
    }

    private void ReadBehindTilde(byte typed, List<byte> keys)
    {
        switch (typed)
        {
            case (byte)'.':
                HasLeft = true;
                break;
            case (byte)'?':
                AsksForHelp = true;
                break;
            case Tilde:
                Add(Tilde, keys);
                break;
            default:
                Add(Tilde, keys);
                Add(typed, keys);
                break;
        }
    }

    private void Add(byte typed, List<byte> keys)
    {
        keys.Add(typed);
        _isAtLineStart = typed is (byte)'\r' or (byte)'\n';
    }

    private enum ReplyState
    {
        None,
        Escape,
        Parameters,
    }
}
