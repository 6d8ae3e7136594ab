using System;
using System.Reflection;
using System.Runtime.InteropServices;

namespace LinuxKitHyperV.Console;

/// <summary>Tells that this process ends, by its own will or by a signal.</summary>
internal static class ProcessEnd
{
    // PosixSignal's SIGHUP and SIGTERM: a window that closes, and a polite kill. PowerShell survives the others.
    private static readonly int[] Signals = [-1, -4];

    static ProcessEnd()
    {
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        AppDomain.CurrentDomain.DomainUnload += OnProcessExit;
        RegisterSignals();
    }

    /// <summary>Is raised, perhaps more than once, before the process ends.</summary>
    public static event Action? Ending;

    /// <summary>
    /// From .NET 10 on a signal that ends the process raises no ProcessExit. The class that tells of signals is not
    /// in .NET Standard, and .NET Framework has none.
    /// </summary>
    private static void RegisterSignals()
    {
        var type = Type.GetType("System.Runtime.InteropServices.PosixSignalRegistration, System.Runtime.InteropServices");
        var create = type?.GetMethod("Create", BindingFlags.Public | BindingFlags.Static);
        if (create is null)
        {
            return;
        }

        foreach (var signal in Signals)
        {
            var arguments = new object[] { Enum.ToObject(create.GetParameters()[0].ParameterType, signal), (Action<object>)OnSignal };

            // A registration that nothing refers to is taken back.
            GCHandle.Alloc(create.Invoke(null, arguments));
        }
    }

    private static void OnSignal(object context) => Ending?.Invoke();

    private static void OnProcessExit(object? sender, EventArgs e) => Ending?.Invoke();
}
