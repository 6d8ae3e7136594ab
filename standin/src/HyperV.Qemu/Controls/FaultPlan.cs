using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading;

namespace HyperV.Qemu.Controls;

/// <summary>Which calls of which cmdlets fail, and how.</summary>
/// <remarks>
/// <c>Add-VMDvdDrive:2=Unspecified</c> fails the second call before it does anything, <c>Add-VMDvdDrive:2=Unspecified@After</c>
/// when it has done its work, <c>Add-VMDvdDrive:2=Vanish</c> because the machine is gone by then; several are separated by semicolons. Calls are counted per process.
/// </remarks>
internal sealed partial class FaultPlan
{
    /// <summary>In place of an identifier: the machines that the call is for are removed before it does anything.</summary>
    private const string Vanish = "Vanish";

    /// <summary>The environment variable that holds the plan.</summary>
    public const string Variable = "HYPERV_QEMU_FAIL";

    private static readonly Lock Gate = new();
    private static FaultPlan _current = new(string.Empty);

    private readonly string _text;
    private readonly Dictionary<(string Cmdlet, int Call), Fault> _faults = [];
    private readonly Dictionary<string, int> _calls = new(StringComparer.OrdinalIgnoreCase);

    private FaultPlan(string text)
    {
        _text = text;
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var match = Entry().Match(part);
            var vanishes = match.Groups["id"].Value == Vanish;
            var identifier = ErrorIdentifier.ObjectNotFound;
            if (!match.Success || !(vanishes || Enum.TryParse(match.Groups["id"].Value, out identifier)))
            {
                throw new FormatException($"{Variable}: '{part}' is not of the form Verb-Noun:n=Identifier, with @After or without.");
            }

            var call = int.Parse(match.Groups["call"].Value, CultureInfo.InvariantCulture);
            _faults[(match.Groups["cmdlet"].Value.ToUpperInvariant(), call)] = new Fault(identifier, match.Groups["after"].Success, vanishes);
        }
    }

    /// <summary>Counts a call, and says whether it fails.</summary>
    public static Fault? Next(string cmdlet)
    {
        lock (Gate)
        {
            var text = Environment.GetEnvironmentVariable(Variable) ?? string.Empty;
            if (text != _current._text)
            {
                _current = new FaultPlan(text);
            }

            var call = _current._calls.GetValueOrDefault(cmdlet) + 1;
            _current._calls[cmdlet] = call;
            return _current._faults.GetValueOrDefault((cmdlet.ToUpperInvariant(), call));
        }
    }

    /// <summary>Starts counting anew.</summary>
    public static void Reset()
    {
        lock (Gate)
        {
            _current = new FaultPlan(_current._text);
        }
    }

    [GeneratedRegex(@"^(?<cmdlet>\w+-\w+):(?<call>\d+)=(?<id>\w+)(?<after>@After)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();

    /// <summary>A call's failure.</summary>
    /// <param name="Identifier">How it fails.</param>
    /// <param name="After">Whether it does its work first.</param>
    /// <param name="Vanishes">Whether it fails because the machines are gone.</param>
    internal sealed record Fault(ErrorIdentifier Identifier, bool After, bool Vanishes);
}
