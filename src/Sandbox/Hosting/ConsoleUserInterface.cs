using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Sandbox.Hosting;

/// <summary>Shows what the streams carry, and asks what cmdlets ask.</summary>
internal sealed class ConsoleUserInterface : PSHostUserInterface
{
    private readonly Terminal _terminal;
    private readonly Questions _questions;
    private readonly ProgressLine _progress;

    public ConsoleUserInterface(Terminal terminal, Interruption interruption, bool mayAsk)
    {
        _terminal = terminal;
        _questions = new Questions(terminal, interruption, mayAsk);
        _progress = new ProgressLine(terminal);
        RawUI = new ConsoleRawUserInterface(terminal, _questions);
    }

    public override PSHostRawUserInterface RawUI { get; }

    public override bool SupportsVirtualTerminal => _terminal.ShowsColors;

    private static PSStyle.FormattingData Style => PSStyle.Instance.Formatting;

    public override void Write(string value) => _terminal.Write(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        _terminal.Write(ConsoleColors.Paint(foregroundColor, backgroundColor, value));
    }

    public override void WriteLine(string value) => _terminal.WriteLine(value);

    public override void WriteErrorLine(string value) => _terminal.WriteErrorLine(value);

    public override void WriteWarningLine(string message) => WriteMessage(Style.Warning, "WARNING", message);

    public override void WriteVerboseLine(string message) => WriteMessage(Style.Verbose, "VERBOSE", message);

    public override void WriteDebugLine(string message) => WriteMessage(Style.Debug, "DEBUG", message);

    public override void WriteProgress(long sourceId, ProgressRecord record) => _progress.Show(record);

    public void ClearProgress() => _terminal.ClearStatus();

    public override string ReadLine() => _questions.ReadLine();

    public override SecureString ReadLineAsSecureString() => _questions.ReadSecret();

    public override int PromptForChoice(string? caption, string? message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        return new ChoiceQuestion(_questions, choices, defaultChoice).Ask(caption, message);
    }

    public override Dictionary<string, PSObject> Prompt(string? caption, string? message, Collection<FieldDescription> descriptions)
    {
        return new FieldQuestion(_questions).Ask(caption, message, descriptions);
    }

    public override PSCredential PromptForCredential(string? caption, string? message, string? userName, string? targetName)
    {
        _questions.Introduce(caption, message);
        return _questions.ReadCredential(userName);
    }

    public override PSCredential PromptForCredential(
        string? caption,
        string? message,
        string? userName,
        string? targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        return PromptForCredential(caption, message, userName, targetName);
    }

    private void WriteMessage(string style, string label, string message)
    {
        _terminal.WriteLine($"{style}{label}: {message}{PSStyle.Instance.Reset}");
    }
}
