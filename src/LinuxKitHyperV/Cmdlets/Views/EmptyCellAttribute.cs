using System;
using System.Management.Automation;

namespace LinuxKitHyperV.Commands;

/// <summary>Takes a cell that a row of a table does not have for an empty one: Import-Csv gives null for the last of a short row, and of a file that does not end its last line.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EmptyCellAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData ?? string.Empty;
}
