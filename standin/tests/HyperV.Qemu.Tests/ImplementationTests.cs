using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Reflection.Emit;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Tests.Contract;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>What is taken does something, and what does nothing is refused.</summary>
public sealed class ImplementationTests(RemoteFixture remote) : IClassFixture<RemoteFixture>
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Parameters that are fulfilled without being looked at, and why.</summary>
    private static readonly Dictionary<string, string> Fulfilled = new()
    {
        ["ImportVM.Register"] = "it is what is done without -Copy",
        ["MountVHD.NoDriveLetter"] = "there are no drive letters here",
        ["NewVM.Force"] = "nothing asks",
        ["NewVM.NoVHD"] = "it is what is done without the parameters for disks",
        ["NewVhd.Differencing"] = "a disk with a parent is one",
        ["NewVhd.Dynamic"] = "it is what is done without -Fixed",
    };

    public static TheoryData<string> Cmdlets => ConformanceTests.Cmdlets;

    [Fact]
    public void EveryParameterThatIsTakenIsRead()
    {
        var implementing = typeof(HyperVCmdlet).Assembly.GetTypes().Where(type => type.IsDefined(typeof(ImplementsAttribute))).ToList();
        var unread = implementing.SelectMany(type => type.GetCustomAttribute<ImplementsAttribute>()!.Parameters
            .Where(parameter => !Bodies(type).Any(body => Calls(body, type.GetProperty(parameter)!.GetMethod!)))
            .Select(parameter => $"{type.Name}.{parameter}"));
        Assert.Equal(string.Join('\n', Fulfilled.Keys.Order(StringComparer.Ordinal)), string.Join('\n', unread.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void WhatIsNotImplementedIsRefusedAndNothingIsDone(string cmdlet)
    {
        var command = remote.Session.One<CmdletInfo>($"Get-Command Hyper-V\\{cmdlet}");
        var files = remote.Files;
        foreach (var refused in CmdletCall.RefusedParameters(command))
        {
            var calls = CmdletCall.WithRefused(command, refused, remote.Arguments).ToList();
            var bound = calls.Where(call => IsRefused(call)).ToList();
            Assert.True(calls.Count == 0 || bound.Count > 0, $"{cmdlet} -{refused} could not be called");
        }

        Assert.Equal(files, remote.Files);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void WhatIsNotImplementedIsRefusedFromThePipelineToo(string cmdlet)
    {
        var command = remote.Session.One<CmdletInfo>($"Get-Command Hyper-V\\{cmdlet}");
        var files = remote.Files;
        foreach (var refused in CmdletCall.RefusedParameters(command))
        {
            var calls = CmdletCall.WithRefused(command, refused, remote.Arguments).ToList();
            var given = command.ParameterSets.SelectMany(set => set.Parameters).First(parameter => parameter.Name == refused);
            Assert.True(calls.Count > 0 || !CmdletArguments.CanBeMade(given), $"{cmdlet} -{refused} is left out");
            AssertRefused(calls.Where(call => call.TakesByValue(refused)), call => call.Value(refused), $"{cmdlet} -{refused} by value");
            AssertRefused(calls.Where(call => call.TakesByPropertyName(refused)), call => call.WithProperty(refused), $"{cmdlet} -{refused} by property name");

            void AssertRefused(IEnumerable<CmdletCall> piped, Func<CmdletCall, object> input, string way)
            {
                var refusals = piped.Select(call => IsRefused(call.Without(refused), input(call))).ToList();
                Assert.True(refusals.Count == 0 || refusals.Contains(true), $"{way} could not be called");
            }
        }

        Assert.Equal(files, remote.Files);
    }

    /// <summary>Calls it, which has to be refused; that another set has the same parameters makes no call.</summary>
    private bool IsRefused(CmdletCall call, params object[] input)
    {
        var exception = Assert.ThrowsAny<RuntimeException>(() => remote.Session.Call(call.Command.Name, call.Arguments, input));
        if (exception is ParameterBindingException)
        {
            return false;
        }

        Assert.Equal($"NotSupportedByStandIn,{call.Command.ImplementingType}", exception.ErrorRecord.FullyQualifiedErrorId);
        return true;
    }

    private static IEnumerable<byte[]> Bodies(Type type)
        => type.GetNestedTypes(Declared).Append(type)
            .SelectMany(part => part.GetMethods(Declared).Concat<MethodBase>(part.GetConstructors(Declared)))
            .Select(method => method.GetMethodBody()?.GetILAsByteArray())
            .OfType<byte[]>();

    /// <summary>Looks for the bytes of a call: an instruction, and the method's token.</summary>
    private static bool Calls(byte[] body, MethodInfo method)
    {
        foreach (var instruction in new[] { OpCodes.Call, OpCodes.Callvirt })
        {
            byte[] call = [(byte)instruction.Value, .. BitConverter.GetBytes(method.MetadataToken)];
            if (body.AsSpan().IndexOf(call) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
