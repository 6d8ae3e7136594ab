using System.Collections.Generic;
using System.Linq;

namespace LinuxKitHyperV.Console;

/// <summary>Keeps the last lines of each console.</summary>
/// <param name="count">How many of each.</param>
internal sealed class LineTail(int count)
{
    /// <summary>The last lines of each console, in the order in which they came.</summary>
    public IEnumerable<ConsoleLine> Of(IEnumerable<ConsoleLine> lines)
    {
        if (count == int.MaxValue)
        {
            return lines;
        }

        var kept = new Dictionary<string, Queue<ConsoleLine>>();
        foreach (var line in lines)
        {
            if (!kept.TryGetValue(line.VMName, out var queue))
            {
                kept.Add(line.VMName, queue = new Queue<ConsoleLine>());
            }

            queue.Enqueue(line);
            if (queue.Count > count)
            {
                queue.Dequeue();
            }
        }

        return kept.Values.SelectMany(queue => queue).OrderBy(line => line.Time);
    }
}
