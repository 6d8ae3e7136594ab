using System;
using LinuxKitHyperV.Machines;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

public sealed class OwnershipMarkTests
{
    private static readonly OwnershipMark Mark = new()
    {
        Id = new Guid("11111111-2222-3333-4444-555555555555"),
        Image = @"C:\images\häßlich ""quoted"".iso",
        Disks = [@"D:\data.vhdx", "/tmp/ü.vhdx"],
    };

    [Theory]
    [InlineData("")]
    [InlineData("my notes")]
    [InlineData("two\nlines")]
    [InlineData("two\r\nlines")]
    public void SurvivesBesideTheUsersNotes(string notes)
    {
        var read = OwnershipMark.Read(Mark.WriteTo(notes));

        Assert.NotNull(read);
        Assert.Equal(Mark.Id, read.Id);
        Assert.Equal(Mark.Image, read.Image);
        Assert.Equal(Mark.Disks, read.Disks);
    }

    [Fact]
    public void KeepsTheUsersNotesAndReplacesAnOlderMark()
    {
        var notes = Mark.WriteTo("above") + "\nbelow";
        var newer = new OwnershipMark { Id = Guid.NewGuid(), Image = "x" };

        Assert.Equal("above\nbelow\n" + newer, newer.WriteTo(notes));
    }

    [Fact]
    public void IsTheLastOfSeveral()
    {
        var older = new OwnershipMark { Id = Guid.NewGuid(), Image = "older" };
        Assert.Equal(Mark.Id, OwnershipMark.Read($"{older}\nabove\n{Mark}\nbelow")?.Id);
    }

    [Fact]
    public void IsOneLine()
    {
        Assert.DoesNotContain("\n", new OwnershipMark { Image = "a\nb\rc" }.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("just notes")]
    [InlineData("[LinuxKitHyperV] ")]
    [InlineData("[LinuxKitHyperV] {")]
    [InlineData("[LinuxKitHyperV] []")]
    [InlineData("[LinuxKitHyperV] {\"id\":\"11111111-2222-3333-4444-5")]
    [InlineData("[LinuxKitHyperV] {\"id\":\"11111111-2222-3333-4444-555555555555\",\"image\":\"x\",\"disks\":[\"a\"")]
    [InlineData("[LinuxKitHyperV] null")]
    [InlineData("[LinuxKitHyperV] {\"id\":\"no guid\",\"image\":\"x\",\"disks\":[]}")]
    [InlineData("[LinuxKitHyperV] {\"id\":\"11111111-2222-3333-4444-555555555555\",\"image\":null,\"disks\":[]}")]
    [InlineData("[LinuxKitHyperV] {\"id\":\"11111111-2222-3333-4444-555555555555\",\"image\":\"x\",\"disks\":[null]}")]
    public void IsNotReadWhereItIsDamaged(string? notes)
    {
        Assert.Null(OwnershipMark.Read(notes));
    }

    [Fact]
    public void IsNotReadWhereItIsAbsurdlyLong()
    {
        var mark = new OwnershipMark { Image = new string('x', OwnershipMark.MaximumLength) };
        Assert.Null(OwnershipMark.Read(mark.ToString()));
    }
}
