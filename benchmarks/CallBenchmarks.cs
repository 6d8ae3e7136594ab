using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BenchmarkDotNet.Attributes;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>One Hyper-V call, by itself and through a cmdlet of the module: what a cmdlet and its gateway cost in time and memory.</summary>
[InProcess]
[MemoryDiagnoser]
public class CallBenchmarks : IDisposable
{
    private Workplace? _workplace;
    private Session? _session;
    private string _id = string.Empty;

    /// <summary>Starts a VM to ask for.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _workplace = new Workplace();
        _session = new Session(_workplace);
        _id = _session.Run($"(Start-LinuxKitVM '{_workplace.Image}' -NoCapture).Id").Single().ToString();
    }

    /// <summary>Hyper-V's cmdlet.</summary>
    [Benchmark(Baseline = true, Description = "Get-VM -Id")]
    public IReadOnlyList<PSObject> Raw() => _session!.Run($"Hyper-V\\Get-VM -Id {_id}");

    /// <summary>Ours, which calls Hyper-V's.</summary>
    [Benchmark(Description = "Get-LinuxKitVM -Id")]
    public IReadOnlyList<PSObject> Ours() => _session!.Run($"Get-LinuxKitVM -Id {_id}");

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _session?.Dispose();
        _workplace?.Dispose();
        GC.SuppressFinalize(this);
    }
}
