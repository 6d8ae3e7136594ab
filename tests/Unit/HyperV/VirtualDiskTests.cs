using System;
using System.Collections.Generic;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.HyperV;

/// <summary>Get-VHD of one file, though it takes wildcards.</summary>
public sealed class VirtualDiskTests : IHyperV
{
    private static readonly ErrorRecord Failed = new(new InvalidOperationException("No."), "Id", ErrorCategory.NotSpecified, null);

    private readonly List<string> _asked = [];
    private HyperVResult _answer = new([], []);

    [Theory]
    [InlineData("a.vhdx", "a.vhdx", "a.vhdx")]
    [InlineData("a [1].vhdx", "a ?1?.vhdx", "a [1].vhdx", "a (1).vhdx")]
    [InlineData("a [1].vhdx", "a ?1?.vhdx", "A [1].VHDX")]
    public void OnlyTheFileItselfIsGiven(string path, string pattern, string found, string? other = null)
    {
        var result = Get(path, [Disk(other ?? found), Disk(found)], []);
        Assert.Equal(pattern, Assert.Single(_asked));
        Assert.Equal(found, result.Output[^1].Text("Path"));
        Assert.Equal(other is null ? 2 : 1, result.Output.Count);
    }

    [Fact]
    public void WhatFailedIsToldWhereTheFileIsNotFound()
    {
        Assert.Same(Failed, Get("a [1].vhdx", [Disk("a (1).vhdx")], [Failed]).FirstError);
        Assert.Same(Failed, Get("a.vhdx", [], [Failed]).FirstError);
    }

    [Fact]
    public void WhatFailedOfAnotherFileIsNot() => Assert.Null(Get("a [1].vhdx", [Disk("a [1].vhdx")], [Failed]).FirstError);

    HyperVResult IHyperV.Invoke(HyperVCall call)
    {
        HyperVContract.Check(call);
        _asked.Add((string)Assert.Single(call.Parameters).Value!);
        return _answer;
    }

    HyperVResult? IHyperV.InvokeWithin(HyperVCall call, TimeSpan timeout) => throw new NotSupportedException();

    IHyperV IHyperV.Undoing => throw new NotSupportedException();

    TimeSpan IHyperV.PropertyAge => TimeSpan.Zero;

    bool IHyperV.HasParameter(string command, string parameter) => throw new NotSupportedException();

    private HyperVResult Get(string path, PSObject[] output, ErrorRecord[] errors)
    {
        _answer = new HyperVResult(output, errors);
        return VirtualDisk.Get(this, HyperVHost.Local, path);
    }

    private static PSObject Disk(string path) => FakeObject.Of(("Path", path));
}
