using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace LinuxKitHyperV.Console.Shell;

/// <summary>
/// The lines that make a POSIX shell run a script and send its output encoded. Whatever the script holds, they are
/// printable ASCII without anything that a line editor or a terminal would take as a command, and short enough for both.
/// </summary>
internal sealed class ShellScript
{
    /// <summary>What ends an answer.</summary>
    public const string AnswerEnd = ";";

    private const int PieceLength = 400;

    // Not the hyphen: printf would take a script that begins with it for an option.
    private const string SafeCharacters = " _./,:=+@";

    // Frames each line, so that what others write can be told from it, and ends with what proves that none is missing
    // or longer than it was: the last line once more, since only that one is of any length, and the number of lines.
    private const string FrameCommand = "sed -n 's/.*/<&>/;p;${x;p;=;};h'";

    private const string SayCommand = "printf '\\n%s%s:%s;\\n'";

    // What the marker is made of is typed apart, so that the echo of what is typed is not the marker.
    private readonly string _first = Guid.NewGuid().ToString("N");
    private readonly string _second = Guid.NewGuid().ToString("N");

    /// <summary>A line that chooses what encodes the output.</summary>
    public string ChooseEncoder =>
        $" _lke=base64;command -v base64 >/dev/null 2>&1||_lke='od -An -v -tx1';{Say("encoder='\"$_lke\"'")}";

    /// <summary>What begins the answer to <see cref="ChooseEncoder"/>; the encoder's name follows.</summary>
    public string EncoderAnswer => Begin("encoder=");

    /// <summary>What stands before the script's output.</summary>
    public string RunAnswer => Answer("run");

    /// <summary>What ends the script's output; its exit code follows.</summary>
    public string ExitAnswer => Begin("exit=");

    /// <summary>A whole answer.</summary>
    public string Answer(string answer) => Begin(answer) + AnswerEnd;

    /// <summary>A line that a shell answers; it tidies up after an interrupted script.</summary>
    public string Probe(string answer) => $" unset _lke _lki _lkr _lks;{Say(answer)}";

    /// <summary>Whether a line of a console shows a line of such a script, of this one or another.</summary>
    public static bool IsIn(string line) => line.Contains(SayCommand);

    /// <summary>The lines that hand a script and its input over; each is answered with its number.</summary>
    /// <remarks>A script that was written on Windows gets the line ends that a POSIX shell knows.</remarks>
    public IEnumerable<string> Upload(string script, byte[]? input)
    {
        var number = 0;
        foreach (var piece in Pieces(EscapeForPrintf(Encoding.UTF8.GetBytes(script.Replace("\r\n", "\n")))))
        {
            yield return $" _lks=$_lks'{piece}';{Say(Number(number++))}";
        }

        foreach (var piece in Pieces(Split(Convert.ToBase64String(input ?? []))))
        {
            yield return $" _lki=$_lki'{piece}';{Say(Number(number++))}";
        }
    }

    /// <summary>The answer to a line of <see cref="Upload"/>.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The line that runs the script. It answers with what the script writes, as <see cref="ShellOutput"/> reads it,
    /// and the script's exit code.
    /// </summary>
    public string Run(bool hasInput)
    {
        var source = hasInput ? "printf %s \"$_lki\"|base64 -d|" : string.Empty;
        var input = hasInput ? string.Empty : "</dev/null ";

        // The blank in eval's argument: a script that begins with a hyphen would be an option of it.
        return $" _lks=$(printf \"$_lks\");{Say("run")}"
            + $";{{ _lkr=$({{ {{ {source}( eval \" $_lks\" ) {input}2>&1 3>&- 4>&-;echo $? >&4; }}|{{ $_lke;echo {ShellOutput.End}; }}|{FrameCommand} >&3; }} 4>&1);}} 3>&1"
            + $";{Say("exit='\"$_lkr\"'")};unset _lke _lki _lkr _lks";
    }

    private static IEnumerable<string> Split(string text)
    {
        foreach (var character in text)
        {
            yield return character.ToString();
        }
    }

    private static IEnumerable<string> EscapeForPrintf(byte[] bytes)
    {
        foreach (var b in bytes)
        {
            var character = (char)b;
            var isSafe = character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' ||
                SafeCharacters.IndexOf(character) >= 0;
            yield return isSafe ? character.ToString() : "\\" + Convert.ToString(b, 8).PadLeft(3, '0');
        }
    }

    private static IEnumerable<string> Pieces(IEnumerable<string> parts)
    {
        var piece = new StringBuilder(PieceLength);
        foreach (var part in parts)
        {
            if (piece.Length + part.Length > PieceLength)
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(part);
        }

        if (piece.Length > 0)
        {
            yield return piece.ToString();
        }
    }

    private string Begin(string answer) => $"{_first}{_second}:{answer}";

    // The line feed before it: whatever stands on the line, the marker begins one.
    private string Say(string answer) => $"{SayCommand} {_first} {_second} '{answer}'";
}
