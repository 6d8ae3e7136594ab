using System;
using System.Management.Automation;
using LinuxKitHyperV.Commands;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>What of our errors PowerShell gets.</summary>
public sealed class ErrorRecordsTests
{
    [Fact]
    public void ARecordHasAllThatTheErrorHas()
    {
        var inner = new InvalidOperationException("The cause.");
        var exception = new LinuxKitException("DiskInUse", FailureKind.ResourceBusy, "The disk is in use.", "data.vhdx", "Stop what uses it.", inner);
        var record = exception.ToErrorRecord();

        Assert.Equal(("DiskInUse", ErrorCategory.ResourceBusy, "data.vhdx"), (record.FullyQualifiedErrorId, record.CategoryInfo.Category, record.TargetObject));
        Assert.Same(exception, record.Exception);
        Assert.Same(inner, record.Exception.InnerException);
        Assert.Equal("Stop what uses it.", record.ErrorDetails.RecommendedAction);

        // This PowerShell shows the recommended action by itself.
        Assert.Equal("The disk is in use.", record.ErrorDetails.Message);
    }

    [Fact]
    public void EveryKindIsACategory() => Assert.All(Enum.GetValues<FailureKind>(), kind => Assert.Equal(
        kind.ToString(),
        new LinuxKitException("Id", kind, "Message.", null, "Remedy.").ToErrorRecord().CategoryInfo.Category.ToString()));
}
