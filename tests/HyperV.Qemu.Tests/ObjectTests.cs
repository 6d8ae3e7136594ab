using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Tests.Hosting;
using Microsoft.HyperV.PowerShell;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>Holds enumerations and output classes to the contract's data, and looks at what the cmdlets hand out.</summary>
public sealed class ObjectTests : IDisposable
{
    private static readonly JsonElement Contract = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "objects.json"))).RootElement;
    private static readonly Assembly StandInAssembly = typeof(VirtualMachine).Assembly;

    private readonly StandInSession _session = new();

    public static TheoryData<string> Enumerations => [.. Contract.GetProperty("enums").EnumerateObject().Select(type => type.Name)];

    public static TheoryData<string> Classes =>
        [.. Contract.GetProperty("classes").EnumerateObject().Select(type => type.Name).Where(name => !name.Contains(".Commands.", StringComparison.Ordinal))];

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Enumerations))]
    public void An_enumeration_has_the_contracts_numbers(string name)
    {
        var contract = Contract.GetProperty("enums").GetProperty(name);
        var type = Type(name);
        var actual = Enum.GetNames(type).ToDictionary(member => member, member => Convert.ToInt64(Enum.Parse(type, member), null));
        Assert.Equal(contract.GetProperty("members").EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetInt64()), actual);
        Assert.Equal(contract.GetProperty("underlying").GetString() == "byte" ? typeof(byte) : typeof(int), type.GetEnumUnderlyingType());
        Assert.Equal(contract.GetProperty("flags").GetBoolean(), type.IsDefined(typeof(FlagsAttribute)));
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_class_has_the_contracts_properties(string name)
    {
        var type = Type(name);
        var expected = Contract.GetProperty("classes").GetProperty(name).GetProperty("properties").EnumerateObject()
            .Select(property => $"{property.Name}: {property.Value.GetString()}");
        var actual = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => $"{property.Name}: {ContractName(property.PropertyType)}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_machine_has_Hyper_Vs_type_names()
    {
        _session.Do("$vm = New-VM web");
        Assert.Equal(
            [
                "Microsoft.HyperV.PowerShell.VirtualMachine",
                "Microsoft.HyperV.PowerShell.VirtualMachineBase",
                "Microsoft.HyperV.PowerShell.ComputeResource",
                "Microsoft.HyperV.PowerShell.VirtualizationObject",
                "System.Object",
            ],
            _session.Run("$vm.PSObject.TypeNames").Select(name => name.ToString()));
    }

    [Fact]
    public void Objects_describe_themselves_as_Hyper_Vs_do()
    {
        _session.Do("$vm = New-VM web -Generation 2");
        var id = _session.One<Guid>("$vm.VMId");
        Assert.Equal($"VirtualMachine (Name = 'web') [Id = '{id}']", _session.One<string>("\"$vm\""));
        Assert.Equal(
            $"VMComPort (Name = 'COM 1', VMName = 'web') [Id = 'Microsoft:{id.ToString().ToUpperInvariant()}\\8E3A359F-559A-4B6A-98A9-1690A6100ED7\\0', VMId = '{id}']",
            _session.One<string>("\"$($vm.ComPort1)\""));
        Assert.Equal(string.Empty, _session.One<string>("$vm.ComPort1.Path"));
    }

    [Fact]
    public void Extended_members_are_there()
    {
        _session.Do("$vm = New-VM web");
        Assert.Equal("web True True", _session.One<string>("\"$($vm.VMName) $($vm.VMId -eq $vm.Id) $($vm.CheckpointFileLocation -eq $vm.SnapshotFileLocation)\""));
        Assert.Equal(Guid.Empty.ToString(), _session.One<string>("$vm.ComPort1.VMCheckpointId"));
    }

    [Theory]
    [InlineData("VirtualMachine", "Name State CPUUsage(%) MemoryAssigned(M) Uptime Status Version")]
    [InlineData("VMSwitch", "Name SwitchType NetAdapterInterfaceDescription")]
    [InlineData("VMNetworkAdapter", "Name IsManagementOs VMName SwitchName MacAddress Status IPAddresses")]
    [InlineData("DvdDrive", "VMName ControllerType ControllerNumber ControllerLocation DvdMediaType Path")]
    [InlineData("VMIntegrationComponent", "VMName Name Enabled PrimaryStatusDescription SecondaryStatusDescription")]
    public void A_table_has_Hyper_Vs_columns(string type, string columns)
    {
        var view = XDocument.Load(Path.Combine(StandInSession.Layout, "Hyper-V.Format.ps1xml")).Descendants("View")
            .Single(candidate => candidate.Descendants("TypeName").Single().Value == $"Microsoft.HyperV.PowerShell.{type}");
        var labels = view.Descendants("TableColumnHeader").Select(header => header.Element("Label")?.Value);
        var properties = view.Descendants("TableColumnItem").Select(item => item.Element("PropertyName")?.Value);
        Assert.Equal(columns.Split(' '), labels.Zip(properties, (label, property) => label ?? property));
    }

    [Fact]
    public void Objects_can_be_copies_as_under_the_compatibility_layer()
    {
        _session.Do("New-VM web");
        Environment.SetEnvironmentVariable(CompatibilityLayer.Variable, "1");
        Assert.Equal("Deserialized.Microsoft.HyperV.PowerShell.VirtualMachine", _session.One<string>("$copy = Get-VM web; $copy.PSObject.TypeNames[0]"));

        // It binds as a name, by its text, which is nobody's name.
        _session.Run("$copy | Start-VM");
        Assert.Equal("Off", _session.One<string>("(Get-VM web).State"));
    }

    private static Type Type(string name)
        => StandInAssembly.GetType(name) ?? StandInAssembly.GetType(name.Replace("RestartVM.", "RestartVM+", StringComparison.Ordinal), throwOnError: true)!;

    private static string ContractName(Type type)
    {
        if (type.IsArray)
        {
            return ContractName(type.GetElementType()!) + "[]";
        }

        return type.IsGenericType
            ? $"{type.FullName!.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(ContractName))}>"
            : type.FullName!.Replace('+', '.');
    }
}
