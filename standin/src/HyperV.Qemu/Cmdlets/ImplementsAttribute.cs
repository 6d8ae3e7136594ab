using System;

namespace HyperV.Qemu.Cmdlets;

/// <summary>The parameters of a cmdlet that do something here; the others are refused when they are given.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class ImplementsAttribute : Attribute
{
    /// <summary>Names the parameters.</summary>
    public ImplementsAttribute(params string[] parameters) => Parameters = parameters;

    /// <summary>Their names.</summary>
    public string[] Parameters { get; }
}
