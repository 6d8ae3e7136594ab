using System;
using System.Management.Automation;

namespace LinuxKitHyperV.Commands;

/// <summary>Takes null for an empty cell: Import-Csv gives null for the last cell of a short row, and of a last line without an end.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EmptyCellAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData ?? string.Empty;
}
