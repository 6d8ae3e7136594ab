using System.IO;
using System.Linq;
using System.Reflection;
using LinuxKitHyperV.Tests.Conventions;
using Xunit;

namespace LinuxKitHyperV.Tests.WindowsPowerShell;

/// <summary>
/// Windows PowerShell 5.1 runs on .NET Framework, where whatever the module calls must exist: every reference of the
/// packaged DLL is resolved against Microsoft's reference assemblies, and the engine's against PowerShell Standard.
/// </summary>
public sealed class ReferenceTests
{
    private static readonly AssemblyUses Uses = AssemblyUses.Read(Path.Combine(BuiltModule.Folder, "LinuxKitHyperV.dll"));

    public static TheoryData<string> Frameworks => ["v4.7.2", "v4.8"];

    [Theory]
    [MemberData(nameof(Frameworks))]
    public void EveryTypeExistsOnNETFramework(string version)
    {
        var framework = Framework(version);

        Assert.Equal([], Uses.Types.Where(type => !framework.Has(type)));
    }

    [Theory]
    [MemberData(nameof(Frameworks))]
    public void EveryMemberExistsOnNETFramework(string version)
    {
        var framework = Framework(version);

        Assert.Equal([], Uses.Members.Where(member => !framework.Has(member)));
    }

    [Fact]
    public void WhatNETFrameworkLacksIsSeenToBeMissing()
    {
        var framework = Framework("v4.7.2");
        var join = Uses.Members.First(member => member is { Type: "System.IO.Path", Name: "Combine" });

        Assert.True(framework.Has(join));
        Assert.False(framework.Has(join with { Name = "Join" }));
        Assert.False(framework.Has(join with { Signature = join.Signature + "?" }));
        Assert.True(framework.Has(new TypeUse("netstandard", "System.IO.Path")));
        Assert.False(framework.Has(new TypeUse("netstandard", "System.Drawing.Bitmap")), "there, but the facade does not forward to it");
        Assert.False(framework.Has(new TypeUse("netstandard", "System.HashCode")));
        Assert.False(framework.Has(new MemberUse("System.IO.File", "Move", "System.Void (System.String, System.String, System.Boolean)")));
    }

    /// <summary>Why the manifest asks for more than Windows Server 2016 comes with: 4.6.2 has no facade for .NET Standard, and so nothing that the module refers to.</summary>
    [Fact]
    public void WhatWindowsServer2016ComesWithIsTooOld()
    {
        var framework = Framework("v4.6.2");

        Assert.All(Uses.Types.Where(type => type.Assembly == "netstandard"), type => Assert.False(framework.Has(type)));
    }

    private static ReferenceAssemblies Framework(string version)
    {
        string folder = Path.Combine(Metadata($"NETFramework {version}"), "build", ".NETFramework", version);
        return new ReferenceAssemblies(Directory.GetFiles(folder, "*.dll", SearchOption.AllDirectories).Append(Metadata("PowerShellStandard")));
    }

    private static string Metadata(string key) => typeof(ReferenceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == key).Value!;
}
