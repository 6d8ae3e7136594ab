using System;
using System.Globalization;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Cmdlets;

public sealed class StartLinuxKitVMTests : HostedTests
{
    [Fact]
    public void MakesAndStartsAMachineWithTheDefaultsOfLinuxKit()
    {
        var machine = Assert.Single(Module.RunWell("Start-LinuxKitVM ./web-efi.iso"));

        Assert.Equal("web", machine.Name());
        Assert.Equal("Running", machine.State());
        Assert.Equal(
            [
                ("Generation", "2"),
                ("ProcessorCount", "1"),
                ("MemoryStartup", (1L << 30).ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("DynamicMemoryEnabled", "False"),
                ("CheckpointType", "Disabled"),
                ("AutomaticCheckpointsEnabled", "False"),
                ("AutomaticStartAction", "Nothing"),
                ("AutomaticStopAction", "ShutDown"),
                ("ConsolePipe", @"\\.\pipe\web-com1"),
                ("Image", Module["web-efi.iso"]),
            ],
            new[]
            {
                "Generation", "ProcessorCount", "MemoryStartup", "DynamicMemoryEnabled", "CheckpointType",
                "AutomaticCheckpointsEnabled", "AutomaticStartAction", "AutomaticStopAction", "ConsolePipe", "Image",
            }.Select(property => (property, machine.Text(property))));
        Assert.Equal(
            ["Off", "CD", "Default Switch"],
            Module.RunWell("$f = Get-VMFirmware web; \"$($f.SecureBoot)\"; if ($f.BootOrder[0].Device.Path -like '*web-efi.iso') { 'CD' }; (Get-VM web).NetworkAdapters[0].SwitchName").Select(item => item.ToString()));
    }

    [Fact]
    public void EmitsHyperVsOwnObject()
    {
        Assert.Equal(
            [LinuxKitMachine.TypeName, HyperVObject.VirtualMachineTypeName],
            Module.RunWell("Start-LinuxKitVM ./web-efi.iso").Single().TypeNames.Take(2));
        Assert.Equal("Off", Module.RunWell("Get-LinuxKitVM | Stop-VM -TurnOff; Get-LinuxKitVM").Single().State());
    }

    [Fact]
    public void LeavesTheDecorationOffWhatTheUserHolds()
    {
        Assert.Equal(HyperVObject.VirtualMachineTypeName, Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso; $vm = Get-VM web; $null = $vm | Start-LinuxKitVM; $vm").Single().TypeNames[0]);
    }

    [Fact]
    public void MakesDisksAndUsesThoseThatAreThere()
    {
        Module.RunWell("New-VHD ./old.vhdx -SizeBytes 10MB | Out-Null; Start-LinuxKitVM ./web-efi.iso -Disk size=1, old.vhdx, 'file=new.vhdx,size=512M'");

        Assert.Equal(["new.vhdx", "old.vhdx", "web-disk.vhdx", "web-efi.iso"], Module.Files);
        Assert.Equal(
            ["web-disk.vhdx", "old.vhdx", "new.vhdx"],
            Module.RunWell("Get-VMHardDiskDrive web").Select(disk => Path.GetFileName(disk.Text("Path"))));
        Assert.Equal(
            [("1073741824", "1048576"), ("536870912", "1048576")],
            Module.RunWell("Get-VHD ./web-disk.vhdx, ./new.vhdx").Select(disk => (disk.Text("Size"), disk.Text("BlockSize"))));
    }

    [Theory]
    [InlineData("Start-LinuxKitVM ./web-efi.iso -Disk 1GB", "web-disk.vhdx")]
    [InlineData("Start-LinuxKitVM ./web-efi.iso -Disk (Get-VHD (New-VHD ./d.vhdx -SizeBytes 10MB).Path)", "d.vhdx")]
    [InlineData("$null = New-VHD ./d.vhdx -SizeBytes 10MB; Start-LinuxKitVM ./web-efi.iso -Disk ([IO.FileInfo]::new(\"$PWD/d.vhdx\"))", "d.vhdx")]
    public void TakesDisksInManyForms(string script, string disk)
    {
        Module.RunWell(script);
        Assert.Equal(disk, Path.GetFileName(Module.RunWell("Get-VMHardDiskDrive web").Single().Text("Path")));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Disk = '10GB' } | Start-LinuxKitVM ./web-efi.iso", "web-disk.vhdx")]
    [InlineData("[pscustomobject]@{ Disk = 1GB, @{ file = 'b.vhdx'; size = 1 } } | Start-LinuxKitVM ./web-efi.iso", "web-disk.vhdx b.vhdx")]
    [InlineData("New-VHD ./d.vhdx -SizeBytes 10MB | ForEach-Object { [pscustomobject]@{ Disk = $_ } } | Start-LinuxKitVM ./web-efi.iso", "d.vhdx")]
    [InlineData("[pscustomobject]@{ LiteralPath = './web-efi.iso'; Disk = 'size=1' } | Start-LinuxKitVM", "web-disk.vhdx")]
    [InlineData("[pscustomobject]@{ PSPath = './web-efi.iso'; Disk = '10GB' } | New-LinuxKitVM", "web-disk.vhdx")]
    [InlineData("Get-LinuxKitImage ./web-efi.iso | New-LinuxKitVM -Disk size=1", "web-disk.vhdx")]
    [InlineData("[IO.FileInfo]::new(\"$PWD/web-efi.iso\") | Start-LinuxKitVM -Disk size=1", "web-disk.vhdx")]
    [InlineData("[pscustomobject]@{ Path = './web-efi.iso'; Disk = '10GB' } | Start-LinuxKitVM", "web-disk.vhdx")]
    [InlineData("$null = New-VHD ./d.vhdx -SizeBytes 10MB; [pscustomobject]@{ Path = 'web-efi.iso'; Disk = 'd.vhdx'; VMName = 'web' } | Start-LinuxKitVM", "d.vhdx")]
    [InlineData("New-LinuxKitDisk a.vhdx, b.vhdx -Size 1 | Start-LinuxKitVM ./web-efi.iso", "a.vhdx b.vhdx")]
    [InlineData("New-LinuxKitDisk a.vhdx -Size 1 | Start-LinuxKitVM ./web-efi.iso -Disk 1GB", "web-disk.vhdx a.vhdx")]
    [InlineData("New-LinuxKitDisk a.vhdx, b.vhdx -Size 1 | Start-LinuxKitVM -LiteralPath ./web-efi.iso", "a.vhdx b.vhdx")]
    [InlineData("$null = New-LinuxKitDisk a.vhdx -Size 1; [IO.FileInfo]::new(\"$PWD/a.vhdx\") | New-LinuxKitVM ./web-efi.iso", "a.vhdx")]
    [InlineData("10GB, @{ file = 'b.vhdx'; size = 1 }, 'file=c.vhdx,size=2' | New-LinuxKitVM ./web-efi.iso", "web-disk.vhdx b.vhdx c.vhdx")]
    public void TakesDisksFromThePipeline(string script, string disks)
    {
        Assert.Equal("web", Module.RunWell(script).Single().Name());
        Assert.Equal(disks.Split(' '), Module.RunWell("Get-VMHardDiskDrive web").Select(disk => Path.GetFileName(disk.Text("Path"))));
    }

    [Fact]
    public void GivesEachImageOfThePipelineItsOwnDisks()
    {
        Module.AddImage("a.iso");
        Module.AddImage("b.iso");
        Module.AddImage("c.iso");
        Module.RunWell("[pscustomobject]@{ LiteralPath = 'a.iso'; Disk = '1GB' }, [pscustomobject]@{ LiteralPath = 'b.iso' }, [pscustomobject]@{ LiteralPath = 'c.iso'; Disk = 2GB } | New-LinuxKitVM");
        Assert.Equal(["a-disk.vhdx", "c-disk.vhdx"], Module.RunWell("Get-VMHardDiskDrive a, b, c").Select(disk => Path.GetFileName(disk.Text("Path"))));
    }

    [Theory]
    [InlineData("Path")]
    [InlineData("LiteralPath")]
    public void MakesTheMachineOfEachRowOfATable(string column)
    {
        // As Import-Csv gives them: everything is text, which may be empty.
        var rows = new[] { ("a", "1GB"), ("b", string.Empty), (string.Empty, "2GB") }
            .Select(row => $"[pscustomobject]@{{ VMName = '{row.Item1}'; {column} = 'web-efi.iso'; Disk = '{row.Item2}' }}");
        Assert.Equal(["a", "b", "web"], Module.RunWell($"{string.Join(", ", rows)} | New-LinuxKitVM").Select(machine => machine.Name()));
        Assert.Equal(["a-disk.vhdx", "web-disk.vhdx"], Module.RunWell("Get-VMHardDiskDrive a, b, web").Select(disk => Path.GetFileName(disk.Text("Path"))));
    }

    [Theory]
    [InlineData("Path,VMName,Disk\nweb-efi.iso,a,1GB\nweb-efi.iso,b,")]
    [InlineData("Path,VMName,Disk\nweb-efi.iso,a,1GB\nweb-efi.iso,b\n")]
    [InlineData("Path,Disk,VMName\nweb-efi.iso,1GB,a\nweb-efi.iso")]
    public void TakesRowsThatEndBeforeTheirLastCell(string table)
    {
        // Import-Csv, which the sandbox does not have, gives null for a cell that is not there.
        var rows = table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(',')).ToList();
        var objects = rows.Skip(1).Select(row => $"[pscustomobject]@{{ {string.Join("; ", rows[0].Select((column, index) => $"{column} = {(row.ElementAtOrDefault(index) is { Length: > 0 } cell ? $"'{cell}'" : "$null")}"))} }}");
        Assert.Equal(2, Module.RunWell($"{string.Join(", ", objects)} | New-LinuxKitVM").Count);
        Assert.Equal(["a-disk.vhdx"], Module.RunWell("Get-VM | Get-VMHardDiskDrive").Select(disk => Path.GetFileName(disk.Text("Path"))));
    }

    [Fact]
    public void MakesAsManyMachinesAsThereAreNames()
    {
        Assert.Equal(["a", "b"], Module.RunWell("Start-LinuxKitVM ./web-efi.iso -Name a, b").Select(machine => machine.Name()));
    }

    [Fact]
    public void TakesFilesFromThePipeline()
    {
        Module.AddImage("[x] $(y) 'z'.iso");
        var names = Module.RunWell("[pscustomobject]@{ PSPath = \"FileSystem::$PWD/web-efi.iso\" } | Start-LinuxKitVM").Select(machine => machine.Name());
        Assert.Equal(["web"], names);
        Assert.Equal("[x] $(y) 'z'", Module.RunWell("Start-LinuxKitVM -LiteralPath './[x] $(y) ''z''.iso'").Single().Name());
        Assert.Equal("[x] $(y) 'z'", Module.RunWell("Get-LinuxKitVM '[x] $(y) ''z'''").Single().Name());
    }

    [Fact]
    public void LooksOnceForTheNamesAndTheSwitchOfSeveralMachines()
    {
        Module.RunWell("Start-LinuxKitVM ./web-efi.iso -Name a, b, c");
        Assert.Equal(["Hyper-V\\Get-VM", "Hyper-V\\Get-VMSwitch"], Module.Recording.Calls.Select(call => call.Command).Where(IsLookUp).Order());

        static bool IsLookUp(string command) => command is "Hyper-V\\Get-VM" or "Hyper-V\\Get-VMSwitch";
    }

    [Fact]
    public void GivesANameToOneImageOfThePipeline()
    {
        Module.AddImage("db-efi.iso");
        Module.RunBadly(
            "NameForSeveralImages",
            ErrorCategory.InvalidArgument,
            "'web-efi.iso', 'db-efi.iso' | ForEach-Object { [pscustomobject]@{ PSPath = \"FileSystem::$PWD/$_\" } } | Start-LinuxKitVM -Name x");
        Assert.Single(Module.RunWell("Get-VM"));
    }

    [Fact]
    public void TakesWildcards()
    {
        Module.AddImage("db-efi.iso");
        Assert.Equal(["db", "web"], Module.RunWell("Start-LinuxKitVM ./*.iso").Select(machine => machine.Name()).Order());
    }

    [Fact]
    public void ConnectsAnAdapterToEachSwitch()
    {
        Module.RunWell(
            """
            $lab = New-VMSwitch Lab -SwitchType Private
            $twin = New-VMSwitch Lab -SwitchType Private
            $null = Start-LinuxKitVM ./web-efi.iso -SwitchName 'Default Switch', $lab, $twin.Id -VlanId 5, 6, 7 -MacAddress 00155D010203, 00-15-5d-01-02-04, 00:15:5D:01:02:05
            """);
        Assert.Equal(
            ["Default Switch 00155D010203 Access 5 True", "Lab 00155D010204 Access 6 True", "Lab 00155D010205 Access 7 True"],
            Module.RunWell(
                """
                $ids = @((Get-VMSwitch 'Default Switch').Id) + @((Get-VMSwitch Lab).Id)
                $adapters = @(Get-VMNetworkAdapter web)
                for ($i = 0; $i -lt $adapters.Count; $i++) {
                    $vlan = $adapters[$i].VlanSetting
                    "$($adapters[$i].SwitchName) $($adapters[$i].MacAddress) $($vlan.OperationMode) $($vlan.AccessVlanId) $($adapters[$i].SwitchId -eq $ids[$i])"
                }
                """).Select(line => line.ToString()));
    }

    [Fact]
    public void LetsHyperVChooseAddressesAndPutsAllAdaptersIntoOneVlan()
    {
        Module.RunWell("$null = New-VMSwitch Lab -SwitchType Private; $null = New-LinuxKitVM ./web-efi.iso -Name a, b -SwitchName Lab, Lab -VlanId 9");
        var adapters = Module.RunWell("Get-VMNetworkAdapter a, b | ForEach-Object { \"$($_.DynamicMacAddressEnabled) $($_.VlanSetting.AccessVlanId)\" }");
        Assert.Equal(Enumerable.Repeat("True 9", 4), adapters.Select(line => line.ToString()));
    }

    [Fact]
    public void MakesMemoryDynamic()
    {
        Module.RunWell(
            """
            $null = New-LinuxKitVM ./web-efi.iso -Name a -MemoryMaximumBytes 4GB
            $null = New-LinuxKitVM ./web-efi.iso -Name b -MemoryStartupBytes 256MB -MemoryMaximumBytes 1GB
            $null = New-LinuxKitVM ./web-efi.iso -Name c -MemoryStartupBytes 1GB -MemoryMinimumBytes 768MB -MemoryMaximumBytes 1GB
            """);
        Assert.Equal(
            ["True 512 1024 4096", "True 256 256 1024", "True 768 1024 1024"],
            Module.RunWell("Get-VM a, b, c | ForEach-Object { \"$($_.DynamicMemoryEnabled) $($_.MemoryMinimum / 1MB) $($_.MemoryStartup / 1MB) $($_.MemoryMaximum / 1MB)\" }").Select(line => line.ToString()));
    }

    [Fact]
    public void LeavesTheNetworkOut()
    {
        Module.RunWell("Start-LinuxKitVM ./web-efi.iso -NoNetwork");
        Assert.Empty(Module.RunWell("(Get-VM web).NetworkAdapters"));
    }

    [Theory]
    [InlineData("VMCreationFailed", "-MemoryStartupBytes 1023MB")]
    [InlineData("VMConfigurationFailed", "-MemoryMaximumBytes 2047MB")]
    [InlineData("VMConfigurationFailed", "-MemoryMaximumBytes 2GB -MemoryMinimumBytes 513MB")]
    public void SaysWhatMemoryIsAMultipleOf(string errorId, string memory)
    {
        var error = Module.RunBadly(errorId, ErrorCategory.InvalidArgument, $"New-LinuxKitVM ./web-efi.iso {memory}");
        Assert.Contains("multiple of 2 MB", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ImageNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM ./missing.iso")]
    [InlineData("ImageNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM ./missing*.iso")]
    [InlineData("ImageNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM -LiteralPath './*.iso'")]
    [InlineData("ImageNotRecognized", ErrorCategory.InvalidData, "[IO.File]::WriteAllText(\"$PWD/x.iso\", 'text'); Start-LinuxKitVM ./x.iso")]
    [InlineData("VMExists", ErrorCategory.ResourceExists, "$null = New-VM web; Start-LinuxKitVM ./web-efi.iso")]
    [InlineData("VMExists", ErrorCategory.ResourceExists, "Start-LinuxKitVM ./web-efi.iso -Name web, WEB")]
    [InlineData("NameForSeveralImages", ErrorCategory.InvalidArgument, "[IO.File]::WriteAllText(\"$PWD/x.iso\", ''); Start-LinuxKitVM ./*.iso -Name y")]
    [InlineData("SwitchNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM ./web-efi.iso -SwitchName nowhere")]
    [InlineData("SwitchAmbiguous", ErrorCategory.InvalidArgument, "$null = New-VMSwitch s -SwitchType Private; $null = New-VMSwitch s -SwitchType Private; Start-LinuxKitVM ./web-efi.iso -SwitchName s")]
    [InlineData("SwitchNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM ./web-efi.iso -SwitchName ([guid]::NewGuid())")]
    [InlineData("MacAddressInvalid", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -MacAddress 00155D")]
    [InlineData("MacAddressInvalid", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -MacAddress 01-00-5E-00-00-01")]
    [InlineData("MacAddressInUse", ErrorCategory.ResourceExists, "$vm = New-VM other; Set-VMNetworkAdapter -VM $vm -StaticMacAddress 00155D010203; Start-LinuxKitVM ./web-efi.iso -MacAddress 00:15:5d:01:02:03")]
    [InlineData("NetworkQueryFailed", ErrorCategory.InvalidOperation, "[Environment]::SetEnvironmentVariable('HYPERV_QEMU_FAIL', 'Get-VMNetworkAdapter:1=OperationFailed'); Start-LinuxKitVM ./web-efi.iso -MacAddress 00155D010203")]
    [InlineData("MemoryBoundsInvalid", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -MemoryMaximumBytes 512MB")]
    [InlineData("MemoryBoundsInvalid", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -MemoryMaximumBytes 4GB -MemoryMinimumBytes 2GB")]
    [InlineData("ParametersDoNotGoTogether", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -MemoryMinimumBytes 512MB")]
    [InlineData("ParametersDoNotGoTogether", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -NoNetwork -VlanId 5")]
    [InlineData("ParametersDoNotGoTogether", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -VlanId 5, 6")]
    [InlineData("ParametersDoNotGoTogether", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -MacAddress 00155D010203, 00155D010204")]
    [InlineData("InvalidDisk", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Disk color=red")]
    [InlineData("InvalidDiskSize", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Disk 1M")]
    [InlineData("InvalidDiskSize", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Disk 1KB")]
    [InlineData("InvalidDiskSize", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Disk -1")]
    [InlineData("InvalidVMName", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Name ('a' * 101)")]
    [InlineData("InvalidVMName", ErrorCategory.InvalidArgument, "New-LinuxKitVM ./web-efi.iso -Name ('a' * 101)")]
    [InlineData("InvalidVMName", ErrorCategory.InvalidArgument, "New-LinuxKitVM ./web-efi.iso -Name ' '")]
    [InlineData("InvalidVMName", ErrorCategory.InvalidArgument, "New-LinuxKitVM ./web-efi.iso -Name 'a*'")]
    [InlineData("InvalidVMName", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Name 'w?b'")]
    [InlineData("InvalidVMName", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Name \"a`nb\"")]
    [InlineData("InvalidVMName", ErrorCategory.InvalidArgument, "New-LinuxKitVM ./web-efi.iso -Name \"a$([char]27)[2Jb\"")]
    [InlineData("InvalidVMName", ErrorCategory.InvalidArgument, "New-LinuxKitVM ./web-efi.iso -Name LinuxKitHyperV-unfinished-web")]
    [InlineData("InvalidVMName", ErrorCategory.InvalidArgument, "[IO.File]::Copy(\"$PWD/web-efi.iso\", \"$PWD/$('b' * 101).iso\"); New-LinuxKitVM ./bbb*.iso")]
    [InlineData("DiskNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM ./web-efi.iso -Disk missing.vhdx")]
    [InlineData("DiskFormatNotSupported", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Disk missing.img")]
    [InlineData("DiskFolderNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM ./web-efi.iso -Disk file=no/d.vhdx,size=1")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Disk 'nowhere:x.vhdx'")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Disk 'Env:PATH.vhdx'")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -MetadataPath 'nowhere:x.iso'")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -ConsoleLogPath 'Variable:log'")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "Start-LinuxKitVM 'nowhere:x.iso'")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "Start-LinuxKitVM 'Env:PAT[H]'")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "Start-LinuxKitVM -LiteralPath 'Env:PATH'")]
    [InlineData("DiskGivenTwice", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Disk 'file=d.vhdx,size=1', 'file=d.vhdx,size=1'")]
    [InlineData("VMNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM -Name nobody")]
    [InlineData("VMNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM -Id 11111111-2222-3333-4444-555555555555")]
    [InlineData("VMNotMadeByLinuxKitHyperV", ErrorCategory.InvalidOperation, "New-VM other | Start-LinuxKitVM")]
    [InlineData("PipelineInputRefused", ErrorCategory.InvalidArgument, "'./web-efi.iso' | Start-LinuxKitVM")]
    [InlineData("PipelineInputRefused", ErrorCategory.InvalidArgument, "'./web-efi.iso' | New-LinuxKitVM -Disk 1GB")]
    [InlineData("DiskFormatNotSupported", ErrorCategory.InvalidArgument, "'web' | Start-LinuxKitVM ./web-efi.iso")]
    [InlineData("PipelineInputRefused", ErrorCategory.InvalidArgument, "New-LinuxKitVM ./web-efi.iso | New-LinuxKitVM ./web-efi.iso")]
    [InlineData("PipelineInputRefused", ErrorCategory.InvalidArgument, "New-LinuxKitVM ./web-efi.iso | New-LinuxKitVM -LiteralPath ./web-efi.iso")]
    [InlineData("PipelineInputRefused", ErrorCategory.InvalidArgument, "[pscustomobject]@{ Name = 'x' } | New-LinuxKitVM")]
    [InlineData("ImageNotFound", ErrorCategory.ObjectNotFound, "[pscustomobject]@{ Path = 'missing.iso'; Disk = 1 } | Start-LinuxKitVM")]
    [InlineData("DiskGivenTwice", ErrorCategory.InvalidArgument, "New-VHD ./d.vhdx -SizeBytes 10MB | ForEach-Object { $_, $_ } | Start-LinuxKitVM ./web-efi.iso")]
    [InlineData("PipelineInputRefused", ErrorCategory.InvalidArgument, "New-LinuxKitVM ./web-efi.iso | Start-LinuxKitVM -Disk 1GB")]
    [InlineData("PipelineInputRefused", ErrorCategory.InvalidArgument, "[pscustomobject]@{ Disk = 1 } | Start-LinuxKitVM ./web-efi.iso -Disk 2")]
    [InlineData("ImageNotGiven", ErrorCategory.InvalidArgument, "[pscustomobject]@{ Disk = 1 } | Start-LinuxKitVM")]
    [InlineData("ImageNotGiven", ErrorCategory.InvalidArgument, "Start-LinuxKitVM -Name z -Disk 1")]
    [InlineData("ImageNotGiven", ErrorCategory.InvalidArgument, "Start-LinuxKitVM -NoNetwork")]
    [InlineData("ImageNotGiven", ErrorCategory.InvalidArgument, "New-LinuxKitVM")]
    [InlineData("ParametersDoNotGoTogether", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -RemoveOnExit")]
    [InlineData("ParametersDoNotGoTogether", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Credential ([pscredential]::new('user', [securestring]::new()))")]
    [InlineData("ParametersDoNotGoTogether", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -TimeoutSec 1")]
    [InlineData("ParametersDoNotGoTogether", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Console -NoCapture")]
    public void Refuses(string errorId, ErrorCategory category, string script)
    {
        var before = Module.RunWell("@(Get-VM).Count").Single().ToString();
        Module.RunBadly(errorId, category, script);
        Assert.DoesNotContain(Module.RunWell("Get-VM"), machine => machine.Name() is not ("web" or "other"));
        Assert.Equal("0", before);
    }

    [Fact]
    public void RefusesADvdAsADiskBeforeItTellsOfACopy()
    {
        Module.AddImage("x.iso");
        Module.RunBadly("ImageIsDvd", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Disk x.iso");
        Assert.Empty(Module.Warnings);
    }

    [Fact]
    public void OfSeveralNamesMakesThoseThatAVMCanHave()
    {
        Module.RunBadly("InvalidVMName", ErrorCategory.InvalidArgument, "New-LinuxKitVM ./web-efi.iso -Name a*, abc, '[a]'");
        Assert.Equal(["[a]", "abc"], Module.RunWell("Get-VM").Select(machine => machine.Name()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("PipelineInputRefused", "'web' | Start-LinuxKitVM", "'web' from the pipeline is neither a file nor a VM.")]
    [InlineData("PipelineInputRefused", "'web' | Start-LinuxKitVM -Disk 1GB -NoNetwork", "-Disk, -NoNetwork go with the file of an image, and 'web' from the pipeline is none.")]
    [InlineData("ImageNotGiven", "Start-LinuxKitVM -Name z -Disk 1", "-Disk goes with an image, and none is given.")]
    [InlineData("ImageNotGiven", "New-LinuxKitVM", "No image is given.")]
    public void SaysWhatIsWrongWithWhatIsGiven(string errorId, string script, string message) =>
        Assert.Equal(message, Module.RunBadly(errorId, ErrorCategory.InvalidArgument, script).Exception.Message);

    [Theory]
    [InlineData("build [1]-efi.iso", "Start-LinuxKitVM ./$args", "-LiteralPath")]
    [InlineData("build [1]-efi.iso", "Get-LinuxKitImage $args", "-LiteralPath")]
    [InlineData("other.iso", "Start-LinuxKitVM './build [1]-efi.iso'", "Check the path")]
    public void SpeaksOfLiteralPathWhereAFileHasThatVeryName(string image, string script, string remedy)
    {
        Module.AddImage(image);
        Assert.Contains(remedy, Module.RunBadly("ImageNotFound", ErrorCategory.ObjectNotFound, script, image).ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Start-LinuxKitVM web", true)]
    [InlineData("New-LinuxKitVM web", false)]
    public void SpeaksOfVMsThatExistOnlyWhereTheyCanBeStarted(string script, bool does) => Assert.Equal(
        does,
        Module.RunBadly("ImageNotFound", ErrorCategory.ObjectNotFound, script).ErrorDetails.RecommendedAction.Contains("-Name", StringComparison.Ordinal));

    [Theory]
    [InlineData("a|b.iso")]
    [InlineData("a<b>.iso")]
    [InlineData("a\"b.iso")]
    [InlineData("a\tb.iso")]
    public void FindsNoImageWhereWindowsCanHaveNone(string name)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.WriteAllText(Module[name], "image");
        }

        foreach (var parameter in new[] { "-Path", "-LiteralPath" })
        {
            Module.RunBadly("ImageNotFound", ErrorCategory.ObjectNotFound, $"Start-LinuxKitVM {parameter} $args", name);
        }

        Module.RunBadly("DiskFormatNotSupported", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Disk $args", name.Replace(".iso", ".vhdx", StringComparison.Ordinal));
        Module.RunBadly("MetadataNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM ./web-efi.iso -MetadataPath $args[0]", name);
    }

    [Fact]
    public void LeavesAPipeToWhoeverHasIt()
    {
        using var taken = new NamedPipeServerStream("web-com1");
        var pipe = Module.RunWell("Start-LinuxKitVM ./web-efi.iso").Single().Text("ConsolePipe");
        Assert.Matches(@"^\\\\\.\\pipe\\web-[0-9a-f]{32}-com1$", pipe);
    }

    [Fact]
    public void ShowsProgressOverSeveralMachines()
    {
        using var powerShell = Module.Script("Start-LinuxKitVM ./web-efi.iso -Name a, b");
        powerShell.Invoke();
        Assert.Equal(["a", "b", "Create and start"], powerShell.Streams.Progress.Select(record => record.StatusDescription));
        Assert.Equal(ProgressRecordType.Completed, powerShell.Streams.Progress.Last().RecordType);
    }

    [Fact]
    public void ChangesNothingWithWhatIf()
    {
        Module.RunWell("Start-LinuxKitVM ./web-efi.iso -Disk size=1 -WhatIf");
        Assert.Empty(Module.Recording.Changes);
        Assert.Equal(["web-efi.iso"], Module.Files);
    }

    [Theory]
    [InlineData("Save-VM web", "Saved", "Start-VM")]
    [InlineData("Suspend-VM web", "Paused", "Resume-VM")]
    [InlineData("Stop-VM web -TurnOff", "Off", "Start-VM")]
    public void StartsAgainWhatIsNotRunning(string leave, string state, string call)
    {
        Module.RunWell($"$null = Start-LinuxKitVM ./web-efi.iso; {leave}");
        Assert.Equal(state, Module.RunWell("Get-LinuxKitVM web").Single().State());
        Module.Recording.Clear();

        Assert.Equal("Running", Module.RunWell("Start-LinuxKitVM -Name web").Single().State());
        Assert.Equal([call], Module.Recording.Changes);
    }

    [Fact]
    public void StartingWhatIsThereEndsTheCaptureThatItBegan()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso");
        HostedModule.Fail("Start-VM:1=OperationFailed");
        Module.RunBadly("VMStartFailed", ErrorCategory.InvalidOperation, "Start-LinuxKitVM -Name web");
        Assert.All(ConsoleCaptures.All.Where(capture => capture.Options.OwnerId == Module.Runspace.InstanceId), capture => Assert.NotNull(capture.EndReason));
    }

    [Theory]
    [InlineData("console.log", "console.log")]
    [InlineData(".", "web.log")]
    public void ThePlanNamesTheLogOfTheConsoleAndTheRemoval(string log, string file)
    {
        var host = new RecordingHost();
        using var runspace = Module.OpenRunspace(host);
        using var powerShell = PowerShell.Create(runspace).AddScript($"Start-LinuxKitVM ./web-efi.iso -Disk 1GB -Console -RemoveOnExit -RemoveDisk -ConsoleLogPath {log} -WhatIf");
        powerShell.Invoke();
        Assert.Equal(
            [
                $"Capture its console, and log it to '{Module[file]}'",
                "Start it",
                $"Remove it when its console is left or it stops, and delete '{Module["web-disk.vhdx"]}'",
            ],
            host.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(3));
    }

    [Theory]
    [InlineData("", "-RemoveDisk", "Start, with its console captured. Remove it when its console is left or it stops, and delete '{0}', '{1}'")]
    [InlineData("", "", "Start, with its console captured. Remove it when its console is left or it stops, and delete '{0}'")]
    [InlineData("", "-MetadataPath ./web-efi.iso", "Start, with its console captured. Remove it when its console is left or it stops")]
    [InlineData("Start-VM web; Save-VM web", "", "Restore from the saved state, with its console captured. Remove it when its console is left or it stops, and delete '{0}'")]
    [InlineData("Start-VM web", "-RemoveDisk", "Remove it when its console is left or it stops, and delete '{0}', '{1}'")]
    public void WhatIfNamesWhatIsRemovedWithAnExistingVM(string prepare, string parameters, string action)
    {
        Module.RunWell($"$null = New-LinuxKitVM ./web-efi.iso -Disk 1GB -Metadata x; {prepare}");
        var (files, state) = (Module.Files.ToList(), Module.RunWell("Get-VM web").Single().State());
        var host = new RecordingHost();
        using var runspace = Module.OpenRunspace(host);
        using var powerShell = PowerShell.Create(runspace).AddScript($"Start-LinuxKitVM -Name web -Console -RemoveOnExit {parameters} -WhatIf");

        Assert.Empty(powerShell.Invoke());
        Assert.Empty(powerShell.Streams.Error);
        var expected = string.Format(CultureInfo.InvariantCulture, action, Module[files.Single(file => file!.Contains("-metadata-", StringComparison.Ordinal))!], Module["web-disk.vhdx"]);
        Assert.Equal($"What if: Performing the operation \"{expected}\" on target \"web\".", host.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Last().Trim());
        Assert.Equal(files, Module.Files);
        Assert.Equal(state, Module.RunWell("Get-VM web").Single().State());
    }

    [Fact]
    public void WhatIfNamesTheNewMetadataThatIsRemovedWithAnExistingVM()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso");
        var host = new RecordingHost();
        using var runspace = Module.OpenRunspace(host);
        using var powerShell = PowerShell.Create(runspace).AddScript("Start-LinuxKitVM -Name web -Console -RemoveOnExit -Metadata x -WhatIf");
        powerShell.Invoke();
        Assert.Contains($"or it stops, and delete '{Module["web-metadata-"]}", host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIfTellsWhichDiskStaysWithAnExistingVMThatIsRemoved()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Disk 1GB; $null = New-VM other -VHDPath ./web-disk.vhdx; Start-LinuxKitVM -Name web -Console -RemoveOnExit -RemoveDisk -WhatIf");
        Assert.Contains("stays: the VM 'other' has it too.", Assert.Single(Module.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void TellsEachStepAndItsTime()
    {
        using var powerShell = Module.Script("Start-LinuxKitVM ./web-efi.iso -Verbose; Start-LinuxKitVM -Name web; Stop-LinuxKitVM web -Verbose; Start-LinuxKitVM -Name web -Verbose; Remove-LinuxKitVM web -Force -Verbose");
        powerShell.Invoke();
        var steps = powerShell.Streams.Verbose.Select(record => record.Message).Where(message => message.EndsWith(" ms)", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            [
                "Make a Generation 2 VM with 1 GB of memory", "Find its network adapter", "Connect it to the switch 'Default Switch'",
                $"Insert '{Module["web-efi.iso"]}'", "Boot from it, with Secure Boot off", @"Set COM 1 to '\\.\pipe\web-com1'",
                "Name it 'web', with 1 processor and no checkpoints", "Capture its console", "Start it",
                "Ask the guest of the VM 'web' to shut down",
                "Capture its console", "Start the VM 'web'",
                "Turn off the VM 'web'", "Remove the VM 'web'",
            ],
            steps.Select(step => step[..step.LastIndexOf(" (", StringComparison.Ordinal)]));
    }

    [Fact]
    public void StartsWhatIsThere()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name a, b, c");
        Assert.All(
            Module.RunWell("Start-LinuxKitVM -Name a; Get-LinuxKitVM b | Start-LinuxKitVM; [pscustomobject]@{ Id = (Get-VM c).Id } | Start-LinuxKitVM"),
            machine => Assert.Equal("Running", machine.State()));
        Assert.Equal(3, Module.RunWell("Get-LinuxKitVM").Count);
    }

    [Fact]
    public void SaysThatAMachineRunsAlready()
    {
        var machine = Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso; Start-LinuxKitVM -Name web").Single();
        Assert.Equal("Running", machine.State());
        Assert.Contains("running already", Assert.Single(Module.Warnings), StringComparison.Ordinal);
    }
}
