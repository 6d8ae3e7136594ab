using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Metadata;
using LinuxKitHyperV.Tests.Hosting;
using LinuxKitHyperV.Tests.Metadata;
using Xunit;

namespace LinuxKitHyperV.Tests.Cmdlets;

/// <summary>Metadata: what a user gives, what the guest finds, and that nobody else does.</summary>
public sealed class MetadataTests : HostedTests
{
    private const string Secret = "correct-horse-battery";

    private IReadOnlyList<string?> Images => [.. Module.Files.Where(file => file!.Contains("-metadata-", StringComparison.Ordinal))];

    [Theory]
    [InlineData("Start-VM:1=OperationFailed", "VMStartFailed")]
    [InlineData("Set-VM:1=OperationFailed@After", "VMConfigurationFailed")]
    public void AVMThatDoesNotStartKeepsItsMetadata(string failure, string errorId)
    {
        const string state = "$vm = Get-VM web; $vm.Notes; (Get-VMDvdDrive web).Path";
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Metadata old");
        var (files, before) = (Module.Files.ToList(), Module.RunWell(state).Select(item => item.ToString()).ToList());
        HostedModule.Fail(failure);
        Module.RunBadly(errorId, ErrorCategory.InvalidOperation, "Start-LinuxKitVM -Name web -Metadata new");
        HostedModule.Fail(null);
        Assert.Equal(files, Module.Files);
        Assert.Equal(before, Module.RunWell(state).Select(item => item.ToString()));
    }

    [Theory]
    [InlineData("'text'", "text")]
    [InlineData("'one', 'two'", "one\ntwo")]
    [InlineData("[byte[]](104, 105)", "hi")]
    [InlineData("([IO.FileInfo]::new(\"$PWD/data.txt\"))", "from a file\r\n")]
    [InlineData("@{ b = 'x'; 'a:0600' = 'y' }", """{"a":{"perm":"0600","content":"y"},"b":{"content":"x"}}""")]
    [InlineData("([pscustomobject]@{ ssh = [pscustomobject]@{ key = 'k' } })", """{"ssh":{"entries":{"key":{"content":"k"}}}}""")]
    [InlineData("@{ 'ssh:0700' = @{ key = @{ content = 'k'; perm = 0600 } } }", """{"ssh":{"perm":"0700","entries":{"key":{"perm":"0600","content":"k"}}}}""")]
    [InlineData("@{ ssh = @{ entries = @{ key = @{ content = 'k' } } } }", """{"ssh":{"entries":{"key":{"content":"k"}}}}""")]
    [InlineData("@{ d = @{ content = @{ x = 'a folder of that name' } } }", """{"d":{"entries":{"content":{"entries":{"x":{"content":"a folder of that name"}}}}}}""")]
    [InlineData("@{ d = @{ content = 'a'; other = 'b' } }", """{"d":{"entries":{"content":{"content":"a"},"other":{"content":"b"}}}}""")]
    [InlineData("@{ lines = 'a', 'b'; number = 5; nothing = $null; file = [IO.FileInfo]::new(\"$PWD/data.txt\") }", """{"file":{"content":"from a file\r\n"},"lines":{"content":"a\nb"},"nothing":{"content":""},"number":{"content":"5"}}""")]
    [InlineData("@{ odd = \"`u{1}\"\"\\`t\u00e9\" }", """{"odd":{"content":"\u0001\"\\\t\u00e9"}}""")]
    [InlineData("@{ empty = @{} }", """{"empty":{"entries":{}}}""")]
    public void MakesUserData(string input, string expected)
    {
        File.WriteAllText(Module["data.txt"], "from a file\r\n");
        var file = (FileInfo)Module.RunWell($"New-LinuxKitMetadata m -InputObject ({input})").Single().BaseObject;

        var iso = IsoReader.Open(file.FullName);
        Assert.Equal("CIDATA", iso.Label);
        Assert.Equal([("config", 384u), ("user-data", 384u)], iso.Entries.Select(entry => (entry.Key, entry.Value.Mode)).Order());
        var userData = iso.ReadText("user-data");
        Assert.Equal(userData, iso.ReadText("config"));
        if (expected.StartsWith('{'))
        {
            // Its JSON is spelled otherwise than JsonSerializer's.
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(userData)), userData);
        }
        else
        {
            Assert.Equal(expected, userData);
        }
    }

    [Fact]
    public void JoinsWhatComesFromThePipeline()
    {
        Module.RunWell("'one', 'two' | New-LinuxKitMetadata m.iso");
        Assert.Equal("one\ntwo", IsoReader.Open(Module["m.iso"]).ReadText("user-data"));
        Assert.Empty(Module.RunWell("@() | New-LinuxKitMetadata none.iso"));
    }

    [Fact]
    public void MakesWhatCloudInitReads()
    {
        Module.RunWell("New-LinuxKitMetadata m.iso -UserData '#cloud-config' -MetaData 'instance-id: a'; New-LinuxKitMetadata n.iso -UserData '#cloud-config'");
        var iso = IsoReader.Open(Module["m.iso"]);
        Assert.Equal(["meta-data", "user-data"], iso.Entries.Keys.Order());
        Assert.Equal(("#cloud-config", "instance-id: a"), (iso.ReadText("user-data"), iso.ReadText("meta-data")));
        Assert.Equal(string.Empty, IsoReader.Open(Module["n.iso"]).ReadText("meta-data"));
    }

    [Fact]
    public void TakesAFolderWithUserDataAsItIs()
    {
        var blob = Enumerable.Range(0, 4000).Select(value => (byte)value).ToArray();
        Directory.CreateDirectory(Module["seed/keys"]);
        File.WriteAllText(Module["seed/user-data"], "#cloud-config");
        File.WriteAllBytes(Module["seed/keys/blob"], blob);
        Module.RunWell("New-LinuxKitMetadata m.iso ([IO.DirectoryInfo]::new(\"$PWD/seed\"))");

        var iso = IsoReader.Open(Module["m.iso"]);
        Assert.Equal(["keys", "keys/blob", "user-data"], iso.Entries.Keys.Order());
        Assert.Equal(blob, iso.Entries["keys/blob"].Content);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void MakesATreeOfAnyOtherFolder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        Directory.CreateDirectory(Module["tree/ssh"]);
        File.WriteAllText(Module["tree/ssh/key"], "k");
        File.SetUnixFileMode(Module["tree/ssh/key"], UnixFileMode.UserRead);
        File.SetUnixFileMode(Module["tree/ssh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Module.RunWell("New-LinuxKitMetadata m.iso ([IO.DirectoryInfo]::new(\"$PWD/tree\"))");
        Assert.Equal(
            """{"ssh":{"perm":"0700","entries":{"key":{"perm":"0400","content":"k"}}}}""",
            IsoReader.Open(Module["m.iso"]).ReadText("user-data").TrimEnd());
    }

    [Theory]
    [InlineData("MetadataNameInvalid", ErrorCategory.InvalidArgument, "New-LinuxKitMetadata m @{ 'a/b' = 'x' }")]
    [InlineData("MetadataNameInvalid", ErrorCategory.InvalidArgument, "New-LinuxKitMetadata m @{ a = 'x'; 'a:0600' = 'y' }")]
    [InlineData("MetadataPermInvalid", ErrorCategory.InvalidArgument, "New-LinuxKitMetadata m @{ a = @{ content = 'x'; perm = 'rw' } }")]
    [InlineData("MetadataTooDeep", ErrorCategory.InvalidArgument, "$t = @{}; $t.t = $t; New-LinuxKitMetadata m $t")]
    [InlineData("MetadataNotReadable", ErrorCategory.ReadError, "New-LinuxKitMetadata m ([IO.FileInfo]::new(\"$PWD/missing\"))")]
    [InlineData("MetadataNotText", ErrorCategory.InvalidData, "New-LinuxKitMetadata m @{ a = [byte[]](255, 254) }")]
    [InlineData("MetadataNotWritable", ErrorCategory.WriteError, "New-LinuxKitMetadata missing/m 'x'")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "New-LinuxKitMetadata nowhere:m 'x'")]
    [InlineData("MetadataExists", ErrorCategory.ResourceExists, "$null = New-LinuxKitMetadata m 'x'; New-LinuxKitMetadata m 'y'")]
    [InlineData("MetadataNotFound", ErrorCategory.ObjectNotFound, "New-LinuxKitVM ./web-efi.iso -MetadataPath missing")]
    [InlineData("MetadataNotFound", ErrorCategory.ObjectNotFound, "New-LinuxKitVM ./web-efi.iso -MetadataPath missing.iso")]
    [InlineData("ParametersDoNotGoTogether", ErrorCategory.InvalidArgument, "New-LinuxKitVM ./web-efi.iso -MetadataPath m.iso -Metadata x")]
    public void Refuses(string errorId, ErrorCategory category, string script)
    {
        Module.RunBadly(errorId, category, script);
        Assert.Empty(Module.RunWell("Get-VM"));
        Assert.Empty(Images);
    }

    [Fact]
    public void RefusesTextThatIsTooLong()
    {
        using (var file = new FileStream(Module["long"], FileMode.CreateNew))
        {
            file.SetLength((64L << 20) + 1);
        }

        Module.RunBadly("MetadataTextTooLong", ErrorCategory.InvalidData, "New-LinuxKitMetadata m @{ a = [IO.FileInfo]::new(\"$PWD/long\") }");
    }

    [Fact]
    public void RefusesAFileThatIsTooLarge()
    {
        using (var file = new FileStream(Module["large"], FileMode.CreateNew))
        {
            file.SetLength(1L << 32);
        }

        Module.RunBadly("MetadataFileTooLarge", ErrorCategory.InvalidArgument, "New-LinuxKitMetadata m ([IO.FileInfo]::new(\"$PWD/large\"))");
    }

    [Fact]
    public void TheMetadataLiesBehindTheBootDvdAndGoesWithTheMachine()
    {
        var machine = Module.RunWell("Start-LinuxKitVM ./web-efi.iso -Disk size=1 -Metadata @{ host = 'web' }").Single();
        var image = Assert.Single(Images);
        Assert.Equal(Module[image!], machine.Text("Metadata"));
        Assert.Equal(["web-efi.iso", image], Module.RunWell("Get-VMDvdDrive web").Select(drive => Path.GetFileName(drive.Text("Path"))));
        Assert.Equal([Module["web-efi.iso"]], Module.RunWell("(Get-VMFirmware web).BootOrder[0].Device.Path").Select(path => path.ToString()));

        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.Equal(["web-disk.vhdx", "web-efi.iso"], Module.Files);
    }

    [Fact]
    public void AnImageOfTheUsersIsUsedAsItIsAndStays()
    {
        Module.RunWell("$null = New-LinuxKitMetadata m 'x'; $null = Start-LinuxKitVM ./web-efi.iso -Name a, b -MetadataPath m.iso");
        Assert.Equal(
            [Module["m.iso"], Module["m.iso"]],
            Module.RunWell("Get-LinuxKitVM").Select(machine => machine.Text("Metadata")));
        Module.RunWell("Get-LinuxKitVM | Remove-LinuxKitVM -Force");
        Assert.Equal(["m.iso", "web-efi.iso"], Module.Files);
    }

    [Fact]
    public void RemoveNeverDeletesWhatAForgedMarkNames()
    {
        File.WriteAllText(Module["precious.iso"], "data");
        Module.RunWell(
            "param($path) $null = New-LinuxKitVM ./web-efi.iso; Set-VM web -Notes ('[LinuxKitHyperV] {\"id\":\"11111111-2222-3333-4444-555555555555\",\"image\":\"x\",\"disks\":[],\"metadata\":\"' + $path + '\",\"ownsMetadata\":true}'); Remove-LinuxKitVM web -Force",
            Module["precious.iso"]);
        Assert.True(File.Exists(Module["precious.iso"]));
    }

    [Theory]
    [InlineData("Add-VMDvdDrive:2=OperationFailed", "MetadataInsertFailed")]
    [InlineData("Start-VM:1=OperationFailed", "VMStartFailed")]
    [InlineData("Start-VM:1=OperationFailed@After", "VMStartFailed")]
    public void AStartThatFailsLeavesNothing(string fault, string errorId)
    {
        HostedModule.Fail(fault);
        Module.RunBadly(errorId, ErrorCategory.InvalidOperation, "Start-LinuxKitVM ./web-efi.iso -Metadata x");
        HostedModule.Fail(null);
        Assert.Empty(Module.RunWell("Get-VM"));
        Assert.Equal(["web-efi.iso"], Module.Files);
    }

    [Fact]
    public void ReplacesTheMetadataOfAMachine()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Metadata old; Set-VM web -Notes \"mine`n$((Get-VM web).Notes)\"");
        var old = Assert.Single(Images);
        var machine = Module.RunWell("Start-LinuxKitVM -Name web -Metadata new").Single();

        var image = Assert.Single(Images);
        Assert.NotEqual(old, image);
        Assert.Equal("new", IsoReader.Open(Module[image!]).ReadText("user-data"));
        Assert.Equal(["web-efi.iso", image], Module.RunWell("Get-VMDvdDrive web").Select(drive => Path.GetFileName(drive.Text("Path"))));
        Assert.Equal((Module[image!], "Running"), (machine.Text("Metadata"), machine.State()));
        Assert.StartsWith("mine\n", machine.Text("Notes"), StringComparison.Ordinal);
        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.Empty(Images);
    }

    [Fact]
    public void GivesMetadataToAMachineThatHasNone()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso; $null = Get-LinuxKitVM web | Start-LinuxKitVM -Metadata new");
        Assert.Equal(2, Module.RunWell("Get-VMDvdDrive web").Count);
        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.Empty(Images);
    }

    [Theory]
    [InlineData("Set-VMDvdDrive:1=OperationFailed", "MetadataInsertFailed")]
    [InlineData("Get-VMDvdDrive:1=OperationFailed", "MetadataInsertFailed")]
    [InlineData("Set-VMDvdDrive:2=OperationFailed", "MetadataInsertFailed")]
    [InlineData("Set-VM:2=OperationFailed", "VMConfigurationFailed")]
    public void AReplacementThatFailsLeavesWhatWasThere(string fault, string errorId)
    {
        HostedModule.Fail(fault);
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Metadata old");
        var old = Assert.Single(Images);
        Module.RunBadly(errorId, ErrorCategory.InvalidOperation, "Start-LinuxKitVM -Name web -Metadata new");
        HostedModule.Fail(null);

        Assert.Equal([old], Images);
        Assert.Equal(["web-efi.iso", old], Module.RunWell("Get-VMDvdDrive web").Select(drive => Path.GetFileName(drive.Text("Path"))));
        Assert.Equal(("Off", Module[old!]), (Module.RunWell("Get-VM web").Single().State(), Module.RunWell("Get-LinuxKitVM web").Single().Text("Metadata")));
    }

    [Fact]
    public void WaitsUntilTheOldImageIsEjected()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Metadata old");
        var old = Module[Assert.Single(Images)!];
        var looks = 0;
        Module.Recording.Before = (_, call) =>
        {
            // The first looks find the drive as it was.
            if (call.Command == HyperVCommand.GetVMDvdDrive)
            {
                looks++;
                Module.Recording.Instead = looks > 2 ? null : new HyperVResult([Drive(old)], []);
            }
        };
        Module.RunWell("Start-LinuxKitVM -Name web -Metadata new");
        Assert.Equal(3, looks);

        static PSObject Drive(string path)
        {
            var drive = new PSObject();
            drive.Properties.Add(new PSNoteProperty("Path", path));
            return drive;
        }
    }

    [Fact]
    public void TheSecretIsInTheImageAndNowhereElse()
    {
        using var powerShell = Module.Script(
            """
            param($secret)
            $metadata = @{ 'key:0600' = $secret }
            $vm = New-LinuxKitVM ./web-efi.iso -Metadata $metadata -Verbose -Debug -InformationAction Continue
            $null = Start-LinuxKitVM -Name web -Metadata $metadata -Verbose
            Start-LinuxKitVM ./web-efi.iso -Metadata $metadata
            New-LinuxKitMetadata missing/m.iso $metadata
            New-LinuxKitMetadata m.iso @{ "a/b" = $secret }
            $vm.Notes
            $vm
            """,
            Secret);
        var output = powerShell.Invoke();
        var streams = powerShell.Streams;
        Assert.Equal(3, streams.Error.Count);
        Assert.NotEmpty(streams.Verbose);
        var said = output.Concat<object>(streams.Verbose).Concat(streams.Debug).Concat(streams.Warning).Concat(streams.Information).Concat(streams.Progress)
            .Concat(streams.Error.SelectMany(error => new object[] { error, error.Exception, error.ErrorDetails, error.TargetObject ?? string.Empty }))
            .Concat(Module.Recording.Calls.SelectMany(call => call.Parameters).Select(parameter => parameter.Value ?? string.Empty));
        Assert.DoesNotContain(said, item => item.ToString()!.Contains(Secret, StringComparison.Ordinal));
        Assert.Contains(Secret, File.ReadAllText(Module[Assert.Single(Images)!]), StringComparison.Ordinal);

        var step = WriteMetadataStep.Create("m.iso", MetadataVolume.ForLinuxKit(MetadataContent.OfText(Secret)), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Secret, $"{step} {step.Volume}", StringComparison.Ordinal);
    }

    [Fact]
    public void TheSecretIsInNoTextThatIsShown()
    {
        var host = new RecordingHost();
        using var runspace = Module.OpenRunspace(host);
        using var powerShell = PowerShell.Create(runspace);
        powerShell.AddScript(
            """
            param($secret)
            $VerbosePreference = $DebugPreference = 'Continue'
            $null = New-LinuxKitVM ./web-efi.iso -Metadata x
            Start-LinuxKitVM ./web-efi.iso -Name new -Metadata @{ 'key:0600' = $secret } -WhatIf
            Start-LinuxKitVM ./web-efi.iso -Name new -Metadata $secret -WhatIf
            Start-LinuxKitVM -Name web -Metadata $secret -WhatIf
            New-LinuxKitMetadata m @{ key = $secret } -WhatIf
            New-LinuxKitMetadata m -UserData $secret -MetaData $secret -WhatIf
            $null = New-LinuxKitMetadata m -UserData $secret -MetaData $secret
            New-LinuxKitMetadata m -UserData $secret -MetaData $secret
            New-LinuxKitMetadata missing/m -UserData $secret -MetaData $secret
            """).AddArgument(Secret);
        powerShell.Invoke();

        // The two that fail say why; the others what they would do, where a VM is there two things.
        Assert.Equal(2, powerShell.Streams.Error.Count);
        Assert.Equal(6, Regex.Count(host.Text, "What if:"));
        Assert.Contains("-metadata-", host.Text, StringComparison.Ordinal);
        Assert.Contains(Secret, File.ReadAllText(Module["m.iso"]), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(powerShell.Streams.Error, error => $"{error} {error.Exception} {error.ErrorDetails} {error.TargetObject}".Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(powerShell.Streams.Verbose, record => record.Message.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void ChangesNothingWithWhatIf()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name old -Metadata x");
        var files = Module.Files.ToList();
        Module.Recording.Clear();
        Module.RunWell("New-LinuxKitVM ./web-efi.iso -Metadata x -WhatIf; New-LinuxKitMetadata m x -WhatIf; Start-LinuxKitVM -Name old -Metadata y -WhatIf");
        Assert.Empty(Module.Recording.Changes);
        Assert.Equal(files, Module.Files);
    }

    [Fact]
    public void CannotMakeImagesOnAnotherHost()
    {
        Environment.SetEnvironmentVariable("HYPERV_QEMU_HOSTS", "hv02");
        try
        {
            Module.RunBadly("MetadataNeedsThisComputer", ErrorCategory.NotImplemented, "New-LinuxKitVM C:/web-efi.iso -ComputerName hv02 -NoNetwork -Metadata x");
        }
        finally
        {
            Environment.SetEnvironmentVariable("HYPERV_QEMU_HOSTS", null);
        }
    }
}
