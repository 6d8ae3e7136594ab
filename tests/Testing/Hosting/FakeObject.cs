using System.Management.Automation;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>Makes objects as Hyper-V gives them, of the properties that are read.</summary>
internal static class FakeObject
{
    public static PSObject Of(params (string Name, object? Value)[] properties)
    {
        var made = new PSObject();
        foreach (var (name, value) in properties)
        {
            made.Properties.Add(new PSNoteProperty(name, value));
        }

        return made;
    }
}
