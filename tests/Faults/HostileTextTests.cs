using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>Whatever something is called: it works, or a clear error says why not; nothing of it is run, and nothing else is touched.</summary>
public sealed class HostileTextTests : FaultTests
{
    private readonly List<string> _wrong = [];
    private readonly List<Guid> _bystanders;
    private int _worked;
    private int _refused;

    public HostileTextTests()
    {
        Module.RunWell("$null = New-VM pipes; $null = New-LinuxKitVM ./web-efi.iso -Name bystander -Disk 'file=bystander.vhdx,size=4M'");
        _bystanders = Machines();
    }

    // The kinds of text follow each other: so the short form has some of each.
    private const int ShortFormTakesEach = 5;

    [Fact]
    public void NamesOfVMs() => TryNamesOfVMs(Form.Short);

    [Fact(Explicit = true)]
    public void AllNamesOfVMs() => TryNamesOfVMs(Form.Long);

    [Fact]
    public void NamesOfNewDisks() => TryNamesOfNewDisks(Form.Short);

    [Fact(Explicit = true)]
    public void AllNamesOfNewDisks() => TryNamesOfNewDisks(Form.Long);

    [Fact]
    public void NamesThatAreLookedFor() => TryNamesThatAreLookedFor(Form.Short);

    [Fact(Explicit = true)]
    public void AllNamesThatAreLookedFor() => TryNamesThatAreLookedFor(Form.Long);

    [Fact]
    public void PathsOfImages() => TryPathsOfImages(Form.Short);

    [Fact(Explicit = true)]
    public void AllPathsOfImages() => TryPathsOfImages(Form.Long);

    [Fact]
    public void NamesOfSwitches() => TryNamesOfSwitches(Form.Short);

    [Fact(Explicit = true)]
    public void AllNamesOfSwitches() => TryNamesOfSwitches(Form.Long);

    [Fact]
    public void Disks() => TryDisks(Form.Short);

    [Fact(Explicit = true)]
    public void AllDisks() => TryDisks(Form.Long);

    [Fact]
    public void Metadata() => TryMetadata(Form.Short);

    [Fact(Explicit = true)]
    public void AllMetadata() => TryMetadata(Form.Long);

    [Fact]
    public void TheSyntaxOfDisksUnderRandomText() => Fuzz(100_000, Form.Short);

    [Fact(Explicit = true)]
    public void TheSyntaxOfDisksUnderMuchRandomText() => Fuzz(5_000_000, Form.Long);

    private void TryNamesOfVMs(Form form) => Try("VM names", form, HostileText.All, text =>
    {
        var made = Run("param($name) New-LinuxKitVM ./web-efi.iso -Name $name -NoNetwork", text);
        if (made is not null && made.Name() != Stored(text))
        {
            _wrong.Add($"{Shown(text)}: is called {Shown(made.Name())}");
        }

        return made is not null;
    });

    private void TryNamesOfNewDisks(Form form) => Try("disks named after VMs", form, HostileText.All.Where(text => text.Length <= 100), text =>
        Run("param($name) New-LinuxKitVM ./web-efi.iso -Name $name -NoNetwork -Disk size=4M", text) is not null);

    private void TryNamesThatAreLookedFor(Form form) => Try("names that are looked for", form, HostileText.All.Where(text => !WildcardPattern.ContainsWildcardCharacters(text) && !text.Equals("bystander", StringComparison.OrdinalIgnoreCase)), text =>
    {
        Run("param($name) Get-LinuxKitVM -Name $name; Stop-LinuxKitVM -Name $name -TurnOff; Remove-LinuxKitVM -Name $name -Force -RemoveDisk", text);
        return Module.Errors.Count == 0;
    });

    private void TryPathsOfImages(Form form) => Try("image paths", form, HostileText.All, text =>
    {
        var path = Module[text.Replace("/", "-", StringComparison.Ordinal) + "-efi.iso"];
        if (Module.Files.Contains(Path.GetFileName(path)) || text.Contains('\0', StringComparison.Ordinal) || !CanWrite(path))
        {
            // No file can be called so: then it is a path that leads nowhere.
            return Run("param($path) New-LinuxKitVM -LiteralPath $path -NoNetwork", text) is not null;
        }

        var made = Run("param($path) New-LinuxKitVM -LiteralPath $path -Name image -NoNetwork", path);
        if (made is not null && Module.RunWell("(Get-VMDvdDrive image).Path").Single().ToString() != path && Stored(path) == path)
        {
            _wrong.Add($"{Shown(text)}: another image");
        }

        File.Delete(path);
        return made is not null;
    });

    private void TryNamesOfSwitches(Form form) => Try("switch names", form, HostileText.All.Where(text => text.Length < 300), text =>
        Run("param($name) New-LinuxKitVM ./web-efi.iso -Name net -SwitchName $name", text) is not null);

    private void TryDisks(Form form) => Try("disk specifications", form, HostileText.Disks, text =>
        Run("param($disk) New-LinuxKitVM ./web-efi.iso -Name disks -NoNetwork -Disk $disk", text) is not null);

    /// <summary>As a text, as a file's name, as what the file holds, and as a path.</summary>
    private void TryMetadata(Form form) => Try("metadata", form, HostileText.All, text => new[]
    {
        Run("param($text) New-LinuxKitVM ./web-efi.iso -Name text -NoNetwork -Metadata $text", text),
        Run("param($text) New-LinuxKitVM ./web-efi.iso -Name tree -NoNetwork -Metadata @{ folder = @{ $text = $text } }", text),
        Run("param($text) New-LinuxKitVM ./web-efi.iso -Name path -NoNetwork -MetadataPath $text", text),
    }.Any(made => made is not null));

    private static void Fuzz(int count, Form form)
    {
        string[] pieces = ["size", "file", "format", "=", ",", "1", "0", "9999999", "M", "GB", "T", " ", "vhdx", ".vhdx", "-", "\0", "\n", "é", "\ud800", "..", "/", "\\", "$(x)", "'", "\""];
        var random = new Random(7);
        var read = 0;
        for (var index = 0; index < count; index++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                var spec = DiskSyntax.Parse(text);
                Assert.True(spec.Path is null ? spec.SizeBytes is not null : spec.Path.Length > 0, text);
                Assert.True(spec.SizeBytes is null or (>= DiskSpec.MinimumSizeBytes and <= DiskSpec.MaximumSizeBytes), text);
                read++;
            }
            catch (LinuxKitException exception)
            {
                Assert.StartsWith("InvalidDisk", exception.ErrorId, StringComparison.Ordinal);
            }
        }

        Figures.Tell("Random text for -Disk", form, $"{count} texts: {read} read, {count - read} refused, no other error");
    }

    private void Try(string what, Form form, IEnumerable<string> texts, Func<string, bool> attempt)
    {
        var files = Files();
        foreach (var text in texts.Where((_, index) => form == Form.Long || index % ShortFormTakesEach == 0))
        {
            try
            {
                if (attempt(text))
                {
                    _worked++;
                }
                else
                {
                    _refused++;
                }
            }
            catch (RuntimeException exception)
            {
                Judge(text, exception.ErrorRecord);
                _refused++;
            }

            Clear(text, files);
        }

        Figures.Tell($"Hostile text: {what}", form, $"{_worked + _refused} texts: {_worked} worked, {_refused} gave a clear error, {_wrong.Count} did otherwise");
        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
    }

    private PSObject? Run(string script, string text)
    {
        var output = Module.Run(script, text);
        foreach (var error in Module.Errors)
        {
            Judge(text, error);
        }

        return Module.Errors.Count == 0 ? output.SingleOrDefault() : null;
    }

    /// <summary>An error is clear where it is one of ours with a remedy, or the binder's about a parameter.</summary>
    private void Judge(string text, ErrorRecord error)
    {
        var isOurs = error.Exception is LinuxKitException && !string.IsNullOrWhiteSpace(error.ErrorDetails?.RecommendedAction);
        if (!isOurs && error.Exception is not ParameterBindingException)
        {
            _wrong.Add($"{Shown(text)}: {error.FullyQualifiedErrorId}: {error.Exception.GetType().Name}: {error.Exception.Message}");
        }
    }

    private void Clear(string text, IReadOnlyList<string> files)
    {
        foreach (var id in Machines().Except(_bystanders))
        {
            var machine = Module.RunWell("param($id) Get-VM -Id $id", id).Single();
            if (machine.Name() == "pwned" || LinuxKitMachine.From(machine) is null)
            {
                _wrong.Add($"{Shown(text)}: made the VM {Shown(machine.Name())}");
            }

            Module.RunWell("param($id) Get-LinuxKitVM -Id $id | Remove-LinuxKitVM -Force -RemoveDisk", id);
        }

        if (_bystanders.Except(Machines()).Any())
        {
            _wrong.Add($"{Shown(text)}: removed a VM");
        }

        var now = Files();
        if (!files.SequenceEqual(now))
        {
            _wrong.Add($"{Shown(text)}: left {string.Join(", ", now.Except(files).Select(Shown))}, removed {string.Join(", ", files.Except(now).Select(Shown))}");
            foreach (var file in now.Except(files).Where(File.Exists))
            {
                File.Delete(file);
            }
        }
    }

    private List<Guid> Machines() => [.. Module.RunWell("Get-VM").Select(machine => machine.Id())];

    private List<string> Files() =>
        [.. Directory.EnumerateFileSystemEntries(Module["."], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static bool CanWrite(string path)
    {
        try
        {
            File.WriteAllBytes(path, TestImage.EfiIso());
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The stand-in keeps its state in UTF-8, which has no halves of characters.</summary>
    private static string Stored(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static string Shown(string text) =>
        (text.Length > 60 ? text[..60] + "..." : text).Aggregate(string.Empty, (shown, character) => shown + (character is > ' ' and < '\x7f' ? character : $"\\u{(int)character:x4}"));
}
