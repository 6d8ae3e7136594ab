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

        Assert.Equal(shown, Commands.ConsoleView.Elapsed(line));
        Assert.Empty(Commands.ConsoleView.Elapsed(new PSObject()));
    }
}
