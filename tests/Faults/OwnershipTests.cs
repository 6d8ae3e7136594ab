using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using LinuxKitHyperV.Machines;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>Notes are anybody's to write: what they claim never makes us touch what is not ours.</summary>
public sealed class OwnershipTests : FaultTests
{
    [Fact]
    public void AForgedMarkDeletesNoFile()
    {
        var outside = Path.Combine(Path.GetTempPath(), $"lkhv-outside-{Guid.NewGuid():N}.vhdx");
        File.WriteAllText(outside, "precious");
        try
        {
            Module.RunWell("$null = New-VHD ./users.vhdx -SizeBytes 10MB -Dynamic; $null = New-VHD ./others.vhdx -SizeBytes 10MB -Dynamic; $null = New-VM others -VHDPath ./others.vhdx; mkdir folder.vhdx");
            File.WriteAllText(Module["notes.txt"], "precious");
            string[] claims =
            [
                Module["users.vhdx"], Module["others.vhdx"], Module["web-efi.iso"], Module["notes.txt"], Module["folder.vhdx"], Module["."], outside,
                "users.vhdx", "./users.vhdx", "../" + Path.GetFileName(outside), "/", "/etc/passwd", "/dev/null", "\\\\.\\pipe\\x", "C:\\Windows\\win.ini", "NUL", "", " ", "*", "*.vhdx",
                new string('a', 40_000), "a\0b", "$(Remove-Item ./users.vhdx)",
            ];
            var before = HostSnapshot.Of(Module);
            foreach (var claim in claims)
            {
                foreach (var attach in (string?[])[null, "users.vhdx"])
                {
                    Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name forged -NoNetwork");
                    if (attach is not null)
                    {
                        Module.RunWell($"Add-VMHardDiskDrive forged -Path ./{attach}");
                    }

                    Forge(claim);
                    Module.Run("Remove-LinuxKitVM forged -Force -RemoveDisk");
                    Module.RunWell("Get-VM forge[d] | Remove-VM -Force");
                    Assert.Equal(before, HostSnapshot.Of(Module));
                }
            }

            Assert.Equal("precious", File.ReadAllText(outside));
            Figures.Tell("Forged marks", Form.Short, $"{claims.Length * 2} removals with -RemoveDisk: no file deleted that was not made for the VM");
        }
        finally
        {
            File.Delete(outside);
        }
    }

    [Fact]
    public void AForgedMarkDeletesNoImageThatIsNotOurMetadata()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -NoNetwork -Metadata mine");
        var made = OwnershipMark.Read(Module.RunWell("(Get-VM web).Notes").Single().ToString())!;
        var metadata = made.Metadata!;
        Module.RunWell("param($notes) Set-VM web -Notes $notes", (made with { Metadata = Module["web-efi.iso"] }).ToString());
        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.True(File.Exists(Module["web-efi.iso"]));
        Assert.True(File.Exists(metadata));
    }

    [Fact]
    public void MetadataThatWasMadeForTheVMIsDeleted()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -NoNetwork -Metadata mine; Remove-LinuxKitVM web -Force");
        Assert.Equal(["web-efi.iso"], Module.Files);
    }

    [Fact]
    public void ADiskThatTookThePlaceOfOursIsNotDeleted()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -NoNetwork -Disk size=1");
        File.Delete(Module["web-disk.vhdx"]);
        Module.RunWell("$null = New-VHD ./web-disk.vhdx -SizeBytes 10MB -Dynamic");
        Module.RunWell("Remove-LinuxKitVM web -Force -RemoveDisk");
        Assert.Contains("web-disk.vhdx", Assert.Single(Module.Warnings), StringComparison.Ordinal);
        Assert.Equal(["web-disk.vhdx", "web-efi.iso"], Module.Files);
    }

    [Fact]
    public void ADiskThatWasMadeForTheVMIsDeleted()
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -Disk size=1, 'file=data.vhdx,size=64M'; Remove-LinuxKitVM web -Force -RemoveDisk");
        Assert.Equal(["web-efi.iso"], Module.Files);
        Assert.Empty(Module.Warnings);
    }

    [Fact]
    public void OnlyVMsWithOurMarkAreTouched()
    {
        Module.RunWell("$null = New-VM theirs; Start-VM theirs; $null = New-LinuxKitVM ./web-efi.iso; Set-VM web -Notes 'mine no more'; Start-VM web");
        var before = HostSnapshot.Of(Module);
        foreach (var cmdlet in (string[])["Stop-LinuxKitVM -TurnOff", "Stop-LinuxKitVM -Force", "Remove-LinuxKitVM -Force -RemoveDisk", "Start-LinuxKitVM", "Wait-LinuxKitVM -For Off -TimeoutSec 1"])
        {
            var (name, rest) = (cmdlet.Split(' ')[0], string.Join(' ', cmdlet.Split(' ').Skip(1)));
            foreach (var asked in (string[])[$"{name} -Name theirs {rest}", $"{name} -Name web {rest}", $"Get-VM theirs | {name} {rest}", $"(Get-VM web).Id | ForEach-Object {{ {name} -Id $_ {rest} }}"])
            {
                Module.RunBadly("VMNotMadeByLinuxKitHyperV", ErrorCategory.InvalidOperation, asked);
            }

            Module.RunWell($"{name} -Name * {rest}");
        }

        Assert.Equal(before, HostSnapshot.Of(Module));
    }

    [Fact]
    public void TheUsersNotesStay()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso; $vm = Get-VM web; Set-VM web -Notes (\"mine`n\" + $vm.Notes + \"`nmine too\")");
        var notes = Module.RunWell("(Get-VM web).Notes").Single().ToString();
        Module.RunWell("$null = Start-LinuxKitVM -Name web -NoCapture; $null = Get-LinuxKitVM; Stop-LinuxKitVM web -TurnOff; $null = Get-LinuxKitVM web | Start-LinuxKitVM -NoCapture");
        Assert.Equal(notes, Module.RunWell("(Get-VM web).Notes").Single().ToString());
        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.Empty(Module.RunWell("Get-VM"));
    }

    [Fact]
    public void ADamagedMarkIsNoneOrOne() => Fuzz(10_000, Form.Short);

    [Fact(Explicit = true)]
    public void ADamagedMarkIsNoneOrOneAtLength() => Fuzz(1_000_000, Form.Long);

    private static void Fuzz(int count, Form form)
    {
        var random = new Random(11);
        var mark = new OwnershipMark { Id = Guid.NewGuid(), Image = "/images/web-efi.iso", Disks = ["/disks/a.vhdx", "/disks/b.vhdx"] }.ToString();
        string[] pieces = ["\"", "{", "}", "[", "]", ",", ":", "null", "\\", "\\u0000", "\ud800", "\0", "1e999", "\"__type\":\"System.Object\"", "[LinuxKitHyperV] ", "\n", new('[', 5000), "true", "\"disks\":null"];
        var read = 0;
        for (var index = 0; index < count; index++)
        {
            var text = new StringBuilder(mark);
            for (var damage = random.Next(1, 5); damage > 0; damage--)
            {
                var at = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at)),
                    1 => text.Insert(at, pieces[random.Next(pieces.Length)]),
                    _ => text.Replace(text[at], (char)random.Next(1, 0x180), at, 1),
                };
                if (text.Length == 0)
                {
                    break;
                }
            }

            if (OwnershipMark.Read(text.ToString()) is { } found)
            {
                read++;
                Assert.NotNull(found.Image);
                Assert.All(found.Disks, Assert.NotNull);
            }
        }

        Figures.Tell("Damaged marks", form, $"{count} marks: {read} could still be read, the others are none; no error");
    }

    private void Forge(string claim)
    {
        var mark = new OwnershipMark { Id = Guid.NewGuid(), Image = "x", Disks = [claim, claim] };
        Module.RunWell("param($notes) Set-VM forged -Notes $notes", mark.ToString());
    }
}
