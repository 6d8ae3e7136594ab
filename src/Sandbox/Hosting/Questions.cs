using System;
using System.Management.Automation;
using System.Security;

namespace Sandbox.Hosting;

/// <summary>Asks the user, where there is one; a stop ends the wait.</summary>
internal sealed class Questions(Terminal terminal, Interruption interruption, bool mayAsk)
{
    private const string Refusal = "PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.";

    /// <exception cref="PSInvalidOperationException">There is nobody to ask.</exception>
    public void DemandUser()
    {
        if (!mayAsk)
        {
            throw new PSInvalidOperationException(Refusal);
        }
    }

    /// <summary>Writes what stands above a question.</summary>
    public void Introduce(string? caption, string? message)
    {
        DemandUser();
        Say(caption, PSStyle.Instance.Bold);
        Say(message, style: string.Empty);
    }

    public void Say(string? text, string style)
    {
        if (!string.IsNullOrEmpty(text))
        {
            terminal.WriteLine(style.Length == 0 ? text : style + text + PSStyle.Instance.Reset);
        }
    }

    public string ReadLine(string prompt = "")
    {
        DemandUser();
        terminal.Write(prompt);
        return Wait(() => terminal.ReadLine(interruption.Token)) ?? throw new PipelineStoppedException();
    }

    public ConsoleKeyInfo ReadKey()
    {
        DemandUser();
        return Wait(() => terminal.ReadKey(interruption.Token));
    }

    public SecureString ReadSecret(string prompt = "")
    {
        DemandUser();
        terminal.Write(prompt);

        var secret = new SecureString();
        for (var key = ReadKey(); key.Key != ConsoleKey.Enter; key = ReadKey())
        {
            if (key.Key != ConsoleKey.Backspace)
            {
                secret.AppendChar(key.KeyChar);
                terminal.Write("*");
            }
            else if (secret.Length > 0)
            {
                secret.RemoveAt(secret.Length - 1);
                terminal.Write("\b \b");
            }
        }

        terminal.WriteLine(string.Empty);
        secret.MakeReadOnly();
        return secret;
    }

    public PSCredential ReadCredential(string? userName)
    {
        if (string.IsNullOrEmpty(userName))
        {
            userName = ReadLine("User: ");
        }

        return new PSCredential(userName, ReadSecret($"Password for user {userName}: "));
    }

    private static T Wait<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }
}
