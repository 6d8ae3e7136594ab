using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Sandbox;

/// <summary>Writes the call of a script file with the arguments of a command line as PowerShell source.</summary>
internal static partial class ScriptCall
{
    /// <summary>
    /// What looks like a parameter's name is one, whose value is the next argument or stands behind a colon. Everything
    /// else is text, but $true and $false behind a colon: nothing else could switch a switch off from outside PowerShell.
    /// </summary>
    public static string Write(string path, IEnumerable<string> arguments)
    {
        return string.Join(' ', arguments.Select(Argument).Prepend("& " + Quote(path)));
    }

    private static string Argument(string argument)
    {
        var match = Parameter().Match(argument);
        if (!match.Success)
        {
            return Quote(argument);
        }

        string name = match.Groups["name"].Value;
        var value = match.Groups["value"];
        return !value.Success ? name : name + (Boolean().IsMatch(value.Value) ? value.Value : Quote(value.Value));
    }

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    [GeneratedRegex(@"\A(?<name>-[A-Za-z_]\w*:?)(?<value>(?<=:).+)?\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\A\$(true|false)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Boolean();
}
