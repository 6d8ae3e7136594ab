using System;

namespace LinuxKitHyperV.HyperV;

/// <summary>Stands in a plan for a value that is made of what earlier steps will have given.</summary>
/// <param name="Make">Makes the value.</param>
internal sealed record LateValue(Func<CallOutputs, object?> Make);
