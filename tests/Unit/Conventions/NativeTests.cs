using System;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using LinuxKitHyperV.Native.Unix;
using Xunit;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>What the module calls of the systems is in one room, each function once.</summary>
public sealed class NativeTests
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly (MethodInfo Method, DllImportAttribute Import)[] Functions =
    [
        .. typeof(LibC).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(All))
            .Select(method => (method, Import: method.GetCustomAttribute<DllImportAttribute>()!))
            .Where(function => function.Import is not null),
    ];

    [Theory]
    [InlineData("libc", "LinuxKitHyperV.Native.Unix")]
    [InlineData("kernel32.dll", "LinuxKitHyperV.Native.Windows")]
    [InlineData("advapi32.dll", "LinuxKitHyperV.Native.Windows")]
    public void EachSystemHasItsRoom(string library, string room)
    {
        var functions = Functions.Where(function => function.Import.Value == library).ToArray();
        Assert.NotEmpty(functions);
        Assert.All(functions, function => Assert.Equal(room, function.Method.DeclaringType!.Namespace));
    }

    [Fact]
    public void NoOtherLibraryIsCalled() => Assert.Equal(
        ["advapi32.dll", "kernel32.dll", "libc"],
        Functions.Select(function => function.Import.Value).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void NoFunctionIsDeclaredTwice() => Assert.Equal(
        Functions.Select(function => (function.Import.Value, function.Import.EntryPoint)).Distinct(),
        Functions.Select(function => (function.Import.Value, function.Import.EntryPoint)));
}
