using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace LinuxKitHyperV.Windows.Tests;

/// <summary>As much of a guest's shell as Invoke-LinuxKitCommand speaks with: it answers each line, and runs nothing.</summary>
internal sealed partial class ScriptedShell(Stream port, string output, int exitCode)
{
    private readonly StringBuilder _script = new();

    /// <summary>The script that was handed over.</summary>
    public string Script => _script.ToString();

    /// <summary>Answers until the port is closed.</summary>
    public async Task Serve()
    {
        using var reader = new StreamReader(port, Encoding.ASCII, false, 1, leaveOpen: true);
        var line = new StringBuilder();
        var character = new char[1];
        while (await Next(reader, character))
        {
            if (character[0] != '\r')
            {
                line.Append(character[0]);
                continue;
            }

            await Answer(line.ToString());
            line.Clear();
        }
    }

    // A port that is reset has ended, too.
    private static async Task<bool> Next(StreamReader reader, char[] character)
    {
        try
        {
            return await reader.ReadAsync(character) > 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private async Task Answer(string line)
    {
        _script.Append(Piece().Match(line).Groups["text"].Value);
        foreach (Match say in Say().Matches(line))
        {
            var answer = say.Groups["answer"].Value
                .Replace("'\"$_lke\"'", "base64", StringComparison.Ordinal)
                .Replace("'\"$_lkr\"'", $"{exitCode}", StringComparison.Ordinal);
            var framed = $"<{Convert.ToBase64String(Encoding.UTF8.GetBytes(output))}>\r\n";
            var run = answer == "run" ? $"{framed}<.>\r\n{framed}2\r\n" : string.Empty;
            await port.WriteAsync(Encoding.ASCII.GetBytes($"\r\n{say.Groups["first"]}{say.Groups["second"]}:{answer};\r\n{run}"));
        }
    }

    [GeneratedRegex(@"^ _lks=\$_lks'(?<text>[^']*)'")]
    private static partial Regex Piece();

    [GeneratedRegex(@"printf '\\n%s%s:%s;\\n' (?<first>\w+) (?<second>\w+) '(?<answer>.*?)'(?=;|$)")]
    private static partial Regex Say();
}
