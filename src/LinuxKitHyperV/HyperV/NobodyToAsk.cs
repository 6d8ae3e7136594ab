using System;
using System.Globalization;
using System.Management.Automation.Host;
using System.Threading;

namespace LinuxKitHyperV.HyperV;

/// <summary>A host for calls of which nobody is to be asked anything: a question of theirs is an error.</summary>
internal sealed class NobodyToAsk : PSHost
{
    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => Thread.CurrentThread.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => Thread.CurrentThread.CurrentUICulture;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override string Name => nameof(NobodyToAsk);

    /// <inheritdoc/>
    public override PSHostUserInterface? UI => null;

    /// <inheritdoc/>
    public override Version Version { get; } = new(1, 0);

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode)
    {
    }
}
