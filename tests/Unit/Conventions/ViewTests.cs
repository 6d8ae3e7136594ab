using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>What the cmdlets emit is shown by a view of the module's, and not by all the properties that it has.</summary>
public sealed class ViewTests
{
    private const string Own = "LinuxKitHyperV.";

    private static readonly XElement Views = XElement.Load(Path.Combine(BuiltModule.Folder, "LinuxKitHyperV.Format.ps1xml"));

    public static TheoryData<string> Types =>
    [
        .. BuiltModule.Cmdlets
            .SelectMany(cmdlet => cmdlet.CommandType.GetCustomAttributes<OutputTypeAttribute>())
            .SelectMany(output => output.Type)
            .Select(type => type.Name)
            .Where(name => name.StartsWith(Own, StringComparison.Ordinal))
            .Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryTypeOfTheModulesOwnHasAView(string type) => Assert.Contains(type, Views.Descendants("TypeName").Select(name => name.Value));

    [Theory]
    [InlineData(0, 0, 0, 1, 5, "00:00:01.005")]
    [InlineData(0, 23, 59, 59, 999, "23:59:59.999")]
    [InlineData(12, 3, 4, 5, 6, "12.03:04:05")]
    public void TheTimeOfALineFitsItsColumn(int days, int hours, int minutes, int seconds, int milliseconds, string shown)
    {
        var line = new PSObject();
        line.Properties.Add(new PSNoteProperty("Elapsed", new TimeSpan(days, hours, minutes, seconds, milliseconds)));

        Assert.Equal(shown, LinuxKitHyperV.Commands.ConsoleView.Elapsed(line));
        Assert.Empty(LinuxKitHyperV.Commands.ConsoleView.Elapsed(new PSObject()));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(33)]
    public void ALongNameLeavesRoomForTheOtherColumns(int length)
    {
        var name = new string('n', length);
        var machine = Machine(name, $@"C:\images\{name}-efi.iso", [$@"C:\images\{name}-disk.vhdx"]);
        Assert.Equal("nnnnnnn...nnnn", LinuxKitHyperV.Commands.MachineView.Name(machine));
        Assert.Equal("nnnnnnn....iso", LinuxKitHyperV.Commands.MachineView.Image(machine));
        Assert.Equal("nnnnnnn...vhdx", LinuxKitHyperV.Commands.MachineView.Disks(machine));
        Assert.Equal("nnnnnnn...com1", LinuxKitHyperV.Commands.MachineView.ConsolePipe(machine));
    }

    [Fact]
    public void AnyOtherNameIsShownWhole()
    {
        var name = new string('n', 32);
        var machine = Machine(name, name, [name, name]);
        Assert.Equal(name, LinuxKitHyperV.Commands.MachineView.Name(machine));
        Assert.Equal(name, LinuxKitHyperV.Commands.MachineView.Image(machine));
        Assert.Equal($"{name} +1", LinuxKitHyperV.Commands.MachineView.Disks(machine));
        Assert.Empty(LinuxKitHyperV.Commands.MachineView.Name(new PSObject()));
    }

    [Fact]
    public void ALongNameIsNotCutWithinACharacter()
    {
        const string Penguin = "\U0001F427";
        Assert.Equal(
            string.Concat(Enumerable.Repeat(Penguin, 7)) + "..." + string.Concat(Enumerable.Repeat(Penguin, 4)),
            LinuxKitHyperV.Commands.MachineView.Name(Machine(string.Concat(Enumerable.Repeat(Penguin, 40)), string.Empty, [])));
    }

    [Fact]
    public void AHostCheckTellsWhatIsToBeDoneInWholeWords()
    {
        var check = new PSObject();
        check.Properties.Add(new PSNoteProperty("Detail", "The Virtual Machine Management service does not answer, as far as can be seen."));
        check.Properties.Add(new PSNoteProperty("Remedy", "Start-Service vmms"));
        Assert.Equal("The Virtual Machine Management service does not\nanswer, as far as can be seen.\nStart-Service vmms", LinuxKitHyperV.Commands.HostCheckView.Detail(check));
        check.Properties.Remove("Remedy");
        Assert.Equal("The Virtual Machine Management service does not\nanswer, as far as can be seen.", LinuxKitHyperV.Commands.HostCheckView.Detail(check));
        Assert.Empty(LinuxKitHyperV.Commands.HostCheckView.Detail(new PSObject()));
    }

    private static PSObject Machine(string name, string image, string[] disks)
    {
        var machine = new PSObject();
        machine.Properties.Add(new PSNoteProperty("Name", name));
        machine.Properties.Add(new PSNoteProperty("Image", image));
        machine.Properties.Add(new PSNoteProperty("Disks", disks));
        machine.Properties.Add(new PSNoteProperty("ConsolePipe", $@"\\.\pipe\{name}-com1"));
        return machine;
    }
}
