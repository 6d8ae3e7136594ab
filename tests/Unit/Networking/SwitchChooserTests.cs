using System;
using System.Collections.Generic;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Networking;
using Xunit;

namespace LinuxKitHyperV.Tests.Networking;

public sealed class SwitchChooserTests
{
    private static readonly PSObject Default = Switch("Standardswitch", "Internal", SwitchChooser.DefaultSwitchId);
    private static readonly PSObject External = Switch("LAN", "External");
    private static readonly PSObject OtherExternal = Switch("WLAN", "External");
    private static readonly PSObject Private = Switch("lab", "Private");

    [Fact]
    public void PrefersTheExternalSwitch()
    {
        Assert.Same(External, SwitchChooser.Default([Default, Private, External], Fail));
    }

    [Fact]
    public void TakesTheDefaultSwitchByItsIdWhateverItIsCalled()
    {
        Assert.Same(Default, SwitchChooser.Default([Private, Default], Fail));
    }

    [Fact]
    public void SaysWhichOfTwoExternalSwitchesItTakes()
    {
        var warnings = new List<string>();
        Assert.Same(External, SwitchChooser.Default([External, OtherExternal], warnings.Add));
        Assert.Contains("'LAN'", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void ListsWhatThereIsWhereItHasNoChoice()
    {
        var exception = Assert.Throws<LinuxKitException>(() => SwitchChooser.Default([Private], Fail));
        Assert.Equal("NoDefaultSwitch", exception.ErrorId);
        Assert.Contains("'lab'", exception.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void TakesASwitchByName()
    {
        Assert.Same(Private, SwitchChooser.Find([Default, Private], PSObject.AsPSObject("LAB")));
    }

    [Fact]
    public void TakesASwitchByItsIdOrByAnObjectThatHasIt()
    {
        var twin = Switch("lab", "Internal");
        Assert.Same(twin, SwitchChooser.Find([Private, twin], PSObject.AsPSObject(twin.Id())));
        Assert.Same(twin, SwitchChooser.Find([Private, twin], PSObject.AsPSObject(twin.Id().ToString())));
        Assert.Same(twin, SwitchChooser.Find([Private, twin], Switch("renamed", "Internal", twin.Id())));
        Assert.Equal("SwitchNotFound", Assert.Throws<LinuxKitException>(() => SwitchChooser.Find([Private], twin)).ErrorId);
    }

    [Fact]
    public void TakesASwitchThatIsCalledLikeAnId()
    {
        var odd = Switch(Guid.NewGuid().ToString(), "Internal");
        Assert.Same(odd, SwitchChooser.Find([Private, odd], PSObject.AsPSObject(odd.Name())));
    }

    [Fact]
    public void DoesNotTakeANameForAPattern()
    {
        Assert.Equal("SwitchNotFound", Assert.Throws<LinuxKitException>(() => SwitchChooser.Find([Private], PSObject.AsPSObject("l*"))).ErrorId);
    }

    [Fact]
    public void ListsTheIdsOfSwitchesOfOneName()
    {
        var twin = Switch("lab", "Internal");
        var exception = Assert.Throws<LinuxKitException>(() => SwitchChooser.Find([Private, twin], PSObject.AsPSObject("lab")));
        Assert.Equal("SwitchAmbiguous", exception.ErrorId);
        Assert.All(new[] { Private, twin }, found => Assert.Contains(found.Id().ToString(), exception.Message, StringComparison.Ordinal));
    }

    private static void Fail(string warning) => Assert.Fail(warning);

    private static PSObject Switch(string name, string type, Guid? id = null)
    {
        var made = new PSObject();
        made.Properties.Add(new PSNoteProperty("Name", name));
        made.Properties.Add(new PSNoteProperty("Id", id ?? Guid.NewGuid()));
        made.Properties.Add(new PSNoteProperty("SwitchType", type));
        return made;
    }
}
