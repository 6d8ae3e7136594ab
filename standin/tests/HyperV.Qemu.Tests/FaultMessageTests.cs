using System;
using System.Linq;
using System.Text.RegularExpressions;
using HyperV.Qemu.Tests.Contract;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>Every working cmdlet in each of its parameter sets, failing in every way that it can be told to.</summary>
public sealed partial class FaultMessageTests(RemoteFixture remote) : IClassFixture<RemoteFixture>
{
    public static TheoryData<string> Cmdlets => [.. CmdletCall.WorkingCmdlets];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void AMessageHasNeitherHolesNorNotes(string cmdlet)
    {
        foreach (var call in remote.CallsOf(cmdlet))
        {
            foreach (var identifier in Enum.GetValues<ErrorIdentifier>().Where(value => value != ErrorIdentifier.NotSupportedByStandIn))
            {
                StandIn.Fail($"{cmdlet}:1={identifier}");
                try
                {
                    remote.Session.Call(cmdlet, call.Arguments);
                }
                finally
                {
                    StandIn.Fail(null);
                }

                var error = Assert.Single(remote.Session.Errors);
                Assert.Equal($"{identifier},{call.Command.ImplementingType}", error.FullyQualifiedErrorId);
                Assert.Matches(WholeSentences(), error.Exception.Message);
                Assert.DoesNotMatch(HoleOrNote(), error.Exception.Message);
            }
        }
    }

    /// <summary>Unlike notes, messages begin with a capital or a name, and end with a full stop or a number in parentheses.</summary>
    [GeneratedRegex(@"^['A-Z].*[.)]$")]
    private static partial Regex WholeSentences();

    [GeneratedRegex(@"…|\b[XPSHN]\b|\((a|Gen|automatic|2012) |\bprompts\b")]
    private static partial Regex HoleOrNote();
}
