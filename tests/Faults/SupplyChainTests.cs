using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text.Json;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>What is shipped is made of these sources and of nothing else.</summary>
public sealed class SupplyChainTests
{
    private static readonly string[] HostsOwn = ["netstandard", "System.Management.Automation"];

    // What dotnet says of a project that has one.
    private const string Vulnerable = "has the following vulnerable packages";

    private static string Module => BuildFacts.Module;

    [Fact]
    public void TheModuleIsOneAssemblyThatNeedsNothingButItsHost()
    {
        Assert.Equal(["LinuxKitHyperV.dll"], Directory.EnumerateFiles(Module, "*.dll", SearchOption.AllDirectories).Select(Path.GetFileName));
        using var file = new PEReader(File.OpenRead(Path.Combine(Module, "LinuxKitHyperV.dll")));
        var metadata = file.GetMetadataReader();
        Assert.Equal(HostsOwn.Order(StringComparer.Ordinal), metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).Order(StringComparer.Ordinal));
        Figures.Tell("The module's assemblies", Form.Short, "1; it refers to netstandard and System.Management.Automation alone");
    }

    [Fact]
    public void EveryPackageIsLockedToItsContent()
    {
        string[] folders = ["src", "standin", "tests", "benchmarks", "tools"];
        var projects = folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(BuildFacts.Repository, folder), "*.csproj", SearchOption.AllDirectories)).ToList();
        var packages = new HashSet<string>(StringComparer.Ordinal);
        foreach (var project in projects.Where(project => File.ReadAllText(project).Contains("PackageReference", StringComparison.Ordinal)))
        {
            using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")));
            foreach (var package in locked.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject()))
            {
                if (package.Value.GetProperty("type").GetString() != "Project")
                {
                    Assert.NotEmpty(package.Value.GetProperty("contentHash").GetString()!);
                    packages.Add($"{package.Name} {package.Value.GetProperty("resolved").GetString()}");
                }
            }
        }

        Figures.Tell("Locked packages", Form.Short, $"{projects.Count} projects, {packages.Count} packages for building and testing, all by content");
    }

    [Fact(Explicit = true)]
    public void TwoBuildsInTwoFoldersHaveTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        var hashes = new List<string>();
        foreach (var name in (string[])["one", "another/folder"])
        {
            CopySources(folder[name]);
            var (exitCode, output) = Dotnet("build src/LinuxKitHyperV --configuration Release --disable-build-servers --verbosity quiet -p:RestoreLockedMode=true", folder[name]);
            Assert.True(exitCode == 0, output);
            hashes.Add(string.Join('\n', Directory.EnumerateFiles(Path.Combine(folder[name], "artifacts/modules/LinuxKitHyperV"), "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(path => $"{Path.GetRelativePath(folder[name], path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}")));
        }

        Assert.Equal(hashes[0], hashes[1]);
        Figures.Tell("Two builds of the module, with locked packages, in two folders", Form.Long, $"{hashes[0].Split('\n').Length} files: the same bytes");
    }

    [Fact(Explicit = true)]
    public void NoPackageIsKnownToBeVulnerable()
    {
        Assert.SkipUnless(SourceTellsOfVulnerabilities(out var said), $"The package source tells nothing of vulnerabilities: {said}");
        foreach (var solution in (string[])["LinuxKitHyperV.slnx", "standin/HyperV.Qemu.slnx"])
        {
            var (exitCode, output) = Dotnet($"list {solution} package --vulnerable --include-transitive", BuildFacts.Repository);
            Assert.True(exitCode == 0, output);
            Assert.DoesNotContain(Vulnerable, output, StringComparison.Ordinal);
        }

        Figures.Tell("dotnet list package --vulnerable", Form.Long, "none known");
    }

    /// <summary>A source that knows of no vulnerability says the same as one that keeps none: so it is asked first about a package that has one (GHSA-5crp-9r3c-p9vr).</summary>
    private static bool SourceTellsOfVulnerabilities(out string said)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["Vulnerable.csproj"], """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Newtonsoft.Json" Version="12.0.1" />
              </ItemGroup>
            </Project>
            """);
        (var exitCode, said) = Dotnet("restore", folder["."]);
        if (exitCode == 0)
        {
            (exitCode, said) = Dotnet("list package --vulnerable", folder["."]);
        }

        return exitCode == 0 && said.Contains(Vulnerable, StringComparison.Ordinal);
    }

    private static void CopySources(string folder)
    {
        string[] wanted = ["Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", "LinuxKitHyperV.psd1", "LICENSE", "en-US", "src"];
        foreach (var path in wanted.Select(name => Path.Combine(BuildFacts.Repository, name)).SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : [path]))
        {
            var relative = Path.GetRelativePath(BuildFacts.Repository, path);
            if (!relative.Split('/', '\\').Any(part => part is "bin" or "obj"))
            {
                var to = Path.Combine(folder, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(path, to);
            }
        }
    }

    private static (int ExitCode, string Output) Dotnet(string arguments, string folder)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
