using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Testing;
using HyperV.Qemu.Tests.Contract;
using Microsoft.HyperV.PowerShell;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>Holds enumerations and output classes to the contract's data, and looks at what the cmdlets hand out.</summary>
public sealed class ObjectTests : IDisposable
{
    private static readonly JsonElement Contract = ContractFile.Read("objects.json");
    private static readonly Assembly StandInAssembly = typeof(VirtualMachine).Assembly;

    private readonly StandInSession _session = new();

    public static TheoryData<string> Enumerations => [.. Contract.GetProperty("enums").EnumerateObject().Select(type => type.Name)];

    public static TheoryData<string> Classes =>
        [.. Contract.GetProperty("classes").EnumerateObject().Select(type => type.Name).Where(name => !name.Contains(".Commands.", StringComparison.Ordinal))];

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Enumerations))]
    public void AnEnumerationHasTheContractsNumbers(string name)
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
    public void AClassHasTheContractsProperties(string name)
    {
        var type = Type(name);
        var expected = Contract.GetProperty("classes").GetProperty(name).GetProperty("properties").EnumerateObject()
            .Select(property => $"{property.Name}: {property.Value.GetString()}");
        var actual = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => $"{property.Name}: {ContractName(property.PropertyType)}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("VirtualMachine", "Get-VM web")]
    [InlineData("VMSnapshot", "Get-VMSnapshot web")]
    [InlineData("VMSwitch", "Get-VMSwitch")]
    [InlineData("VMHost", "Get-VMHost")]
    [InlineData("VMHostSupportedVersion", "Get-VMHostSupportedVersion -Default")]
    [InlineData("VMMeteringReportForVirtualMachine", "Measure-VM web")]
    [InlineData("VMSecurity", "Get-VMSecurity two")]
    [InlineData("VMNetworkAdapterVlanSetting", "Get-VMNetworkAdapterVlan web")]
    [InlineData("VMInternalNetworkAdapter", "Get-VMNetworkAdapter -ManagementOS")]
    [InlineData("VMNetworkAdapter", "Get-VMNetworkAdapter web")]
    [InlineData("HardDiskDrive", "Get-VMHardDiskDrive web")]
    [InlineData("DvdDrive", "Get-VMDvdDrive web")]
    [InlineData("VMFloppyDiskDrive", "Get-VMFloppyDiskDrive web")]
    [InlineData("VMComPort", "Get-VMComPort web -Number 1")]
    [InlineData("VMFirmware", "Get-VMFirmware two")]
    [InlineData("VMBootSource", "(Get-VMFirmware two).BootOrder[0]")]
    [InlineData("VMBios", "Get-VMBios web")]
    [InlineData("VMProcessor", "Get-VMProcessor web")]
    [InlineData("VMMemory", "Get-VMMemory web")]
    [InlineData("VMScsiController", "Get-VMScsiController web")]
    [InlineData("VMIdeController", "Get-VMIdeController web -ControllerNumber 0")]
    [InlineData("VMIntegrationComponent", "Get-VMIntegrationService web -Name Heartbeat")]
    public void AnObjectIsWhatTheContractSays(string type, string script)
    {
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB; New-VM web -VHDPath d.vhdx; New-VM two -Generation 2; Enable-VMResourceMetering web; Checkpoint-VM web");
        foreach (var state in new[] { "Start-VM web, two", "Stop-VM web, two -TurnOff" })
        {
            _session.RunWell(state);
            var found = _session.One<PSObject>(script);
            Assert.Equal($"Microsoft.HyperV.PowerShell.{type}", found.TypeNames[0]);

            // Each property can be looked at, whatever the machine's state.
            Assert.All(found.Properties.ToList(), property => Assert.True(property.Value is null or not Exception));
            if (found.BaseObject is VMComponentObject and not VMInternalNetworkAdapter)
            {
                AssertIsComponent(found);
            }
        }
    }

    [Fact]
    public void ADiskIsWhatTheContractSays()
    {
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB");
        var disk = _session.One<PSObject>("Get-VHD d.vhdx");
        Assert.Equal("Microsoft.Vhd.PowerShell.VirtualHardDisk", disk.TypeNames[0]);
        Assert.Equal(
            "VHDX Dynamic 67108864 33554432 512 4096 False  1",
            _session.One<string>("$d = Get-VHD d.vhdx; \"$($d.VhdFormat) $($d.VhdType) $($d.Size) $($d.BlockSize) $($d.LogicalSectorSize) $($d.PhysicalSectorSize) $($d.Attached) $($d.DiskNumber) $($d.Alignment)\""));
    }

    [Fact]
    public void ANewMachineIsAsHyperVMakesIt()
    {
        _session.RunWell("$vm = New-VM web -Generation 2");
        Assert.Equal("Operating normally", _session.One<string>("$vm.Status"));
        Assert.Equal("1099511627776", _session.One<string>("$vm.MemoryMaximum"));
        Assert.Matches(@"^\d+\.\d+$", _session.One<string>("$vm.Version"));
        Assert.Equal("COM 1,COM 2", _session.One<string>("(Get-VMComPort web).Name -join ','"));
        Assert.Equal("000000000000 True", _session.One<string>("$a = $vm.NetworkAdapters[0]; \"$($a.MacAddress) $($a.IPAddresses.Count -eq 0)\""));
        Assert.Equal("MicrosoftWindows 1734c6e8-3154-4dda-ba5f-a874cc483422 On", _session.One<string>("$f = Get-VMFirmware web; \"$($f.SecureBootTemplate) $($f.SecureBootTemplateId) $($f.SecureBoot)\""));
        Assert.Equal("Network", _session.One<string>("(Get-VMFirmware web).BootOrder[0].BootType"));
        _session.RunWell("Add-VMDvdDrive web");
        Assert.Equal("Drive EFI SCSI Device DvdDrive", _session.One<string>("$b = (Get-VMFirmware web).BootOrder[-1]; \"$($b.BootType) $($b.Description) $($b.Device.GetType().Name)\""));
    }

    [Fact]
    public void IntegrationServicesAreHyperVs()
    {
        Environment.SetEnvironmentVariable(GuestBehavior.Variable, GuestBehavior.NoContact);
        _session.RunWell("New-VM web; Start-VM web");
        Assert.Equal(
            [
                "Guest Service Interface False OK",
                "Heartbeat True No Contact",
                "Key-Value Pair Exchange True No Contact",
                "Shutdown True No Contact",
                "Time Synchronization True No Contact",
                "VSS True No Contact",
            ],
            _session.Run("Get-VMIntegrationService web | ForEach-Object { \"$($_.Name) $($_.Enabled) $($_.PrimaryStatusDescription)\" }").Select(line => line.ToString()));
    }

    [Fact]
    public void AnEnumerationIsANumberAndHasAName()
    {
        _session.RunWell("$vm = New-VM web -Generation 2");
        Assert.Equal("3 Off 0 On", _session.One<string>("$f = Get-VMFirmware web; \"$([int]$vm.State) $($vm.State) $([int]$f.SecureBoot) $($f.SecureBoot)\""));
    }

    [Fact]
    public void AMachineHasHyperVsTypeNames()
    {
        _session.RunWell("$vm = New-VM web");
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
    public void ObjectsDescribeThemselvesAsHyperVsDo()
    {
        _session.RunWell("$vm = New-VM web -Generation 2");
        var id = _session.One<Guid>("$vm.VMId");
        Assert.Equal($"VirtualMachine (Name = 'web') [Id = '{id}']", _session.One<string>("\"$vm\""));
        Assert.Equal(
            $"VMComPort (Name = 'COM 1', VMName = 'web') [Id = 'Microsoft:{id.ToString().ToUpperInvariant()}\\8E3A359F-559A-4B6A-98A9-1690A6100ED7\\0', VMId = '{id}']",
            _session.One<string>("\"$($vm.ComPort1)\""));
        Assert.Equal(string.Empty, _session.One<string>("$vm.ComPort1.Path"));
    }

    [Fact]
    public void ExtendedMembersAreThere()
    {
        _session.RunWell("$vm = New-VM web");
        Assert.Equal("web True True", _session.One<string>("\"$($vm.VMName) $($vm.VMId -eq $vm.Id) $($vm.CheckpointFileLocation -eq $vm.SnapshotFileLocation)\""));
        Assert.Equal(Guid.Empty.ToString(), _session.One<string>("$vm.ComPort1.VMCheckpointId"));
    }

    [Theory]
    [InlineData("VirtualMachine", "Name State CPUUsage(%) MemoryAssigned(M) Uptime Status Version")]
    [InlineData("VMSwitch", "Name SwitchType NetAdapterInterfaceDescription")]
    [InlineData("VMNetworkAdapter", "Name IsManagementOs VMName SwitchName MacAddress Status IPAddresses")]
    [InlineData("DvdDrive", "VMName ControllerType ControllerNumber ControllerLocation DvdMediaType Path")]
    [InlineData("VMIntegrationComponent", "VMName Name Enabled PrimaryStatusDescription SecondaryStatusDescription")]
    public void ATableHasHyperVsColumns(string type, string columns)
    {
        var view = XDocument.Load(Path.Combine(StandInBuild.Module, "Hyper-V.Format.ps1xml")).Descendants("View")
            .Single(candidate => candidate.Descendants("TypeName").Single().Value == $"Microsoft.HyperV.PowerShell.{type}");
        var labels = view.Descendants("TableColumnHeader").Select(header => header.Element("Label")?.Value);
        var properties = view.Descendants("TableColumnItem").Select(item => item.Element("PropertyName")?.Value);
        Assert.Equal(columns.Split(' '), labels.Zip(properties, (label, property) => label ?? property));
    }

    [Fact]
    public void ObjectsCanBeCopiesAsUnderTheCompatibilityLayer()
    {
        _session.RunWell("New-VM web");
        Environment.SetEnvironmentVariable(CompatibilityLayer.Variable, "1");
        Assert.Equal("Deserialized.Microsoft.HyperV.PowerShell.VirtualMachine", _session.One<string>("$copy = Get-VM web; $copy.PSObject.TypeNames[0]"));

        // It binds as a name, by its text, which is nobody's name.
        _session.Run("$copy | Start-VM");
        Assert.Equal("Off", _session.One<string>("(Get-VM web).State"));
    }

    private static void AssertIsComponent(PSObject component)
    {
        Assert.Equal(component.Properties["VMSnapshotId"].Value, component.Properties["VMCheckpointId"].Value);
        Assert.Equal(component.Properties["VMSnapshotName"].Value, component.Properties["VMCheckpointName"].Value);
        Assert.Equal(string.Empty, component.Properties["VMCheckpointName"].Value);
        if (component.Properties["Id"] is null)
        {
            return;
        }

        var owner = component.Properties["VMId"].Value.ToString()!;
        Assert.StartsWith($@"Microsoft:{owner.ToUpperInvariant()}\", component.Properties["Id"].Value.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            $"{component.BaseObject.GetType().Name} (Name = '{component.Properties["Name"].Value}', VMName = '{component.Properties["VMName"].Value}') [Id = '{component.Properties["Id"].Value}', VMId = '{owner}']",
            component.BaseObject.ToString());
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
