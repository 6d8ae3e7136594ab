using System;
using System.Collections.Generic;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using Xunit;

namespace LinuxKitHyperV.Tests.HyperV;

/// <summary>What Hyper-V's errors become, by their ids and categories.</summary>
public sealed class HyperVErrorsTests
{
    private static readonly CallFailure Failure = new("VMStartFailed", "The VM 'web' could not be started.", "web", "Look at it.")
    {
        Remedies = new Dictionary<FailureKind, string> { [FailureKind.ResourceBusy] = "Stop the other." },
    };

    [Theory]
    [InlineData(ErrorCategory.FromStdErr, "VMStartFailed", "ResourceUnavailable", "Look at it.")]
    [InlineData(ErrorCategory.NotSpecified, "VMStartFailed", "InvalidOperation", "Look at it.")]
    [InlineData(ErrorCategory.ResourceBusy, "VMStartFailed", "ResourceBusy", "Stop the other.")]
    [InlineData(ErrorCategory.PermissionDenied, "VMStartFailedAccessDenied", "PermissionDenied", "Look at it. " + HostRemedy.AskForRights)]
    public void AnErrorKeepsItsKindAndItsCause(ErrorCategory category, string errorId, string kind, string remedy)
    {
        var error = Error(new VirtualizationException("No."), category);
        var exception = HyperVErrors.Translate(error, Failure);
        Assert.Equal((errorId, kind, "web", remedy), (exception.ErrorId, exception.Kind.ToString(), exception.Target, exception.Remedy));
        Assert.Equal("The VM 'web' could not be started. No.", exception.Message);
        Assert.Same(error.Exception, exception.InnerException);
    }

    [Fact]
    public void TheModuleIsMissingWhateverWasToBeDone()
    {
        var exception = HyperVErrors.Translate(Error(new CommandNotFoundException("No such cmdlet."), ErrorCategory.ObjectNotFound), Failure);
        Assert.Equal(("HyperVModuleNotFound", FailureKind.ObjectNotFound, HostRemedy.InstallModule), (exception.ErrorId, exception.Kind, exception.Remedy));
    }

    [Fact]
    public void OnlyWhatHyperVDoesNotKnowIsNotFound()
    {
        Assert.True(HyperVErrors.IsNotFound(Error(new InvalidOperationException("No."), ErrorCategory.ObjectNotFound)));
        Assert.True(HyperVErrors.IsNotFound(Error(new VirtualizationException("No."), ErrorCategory.InvalidArgument)));
        Assert.False(HyperVErrors.IsNotFound(Error(new ArgumentException("No."), ErrorCategory.InvalidArgument)));
        Assert.False(HyperVErrors.IsNotFound(Error(new VirtualizationException("No."), ErrorCategory.NotSpecified)));
    }

    private static ErrorRecord Error(Exception exception, ErrorCategory category) => new(exception, "Id", category, null);

    /// <summary>Is called as Hyper-V's own, whose type no test has.</summary>
    private sealed class VirtualizationException(string message) : Exception(message);
}
