using System;
using System.Collections.Generic;
using System.Linq;

namespace LinuxKitHyperV.Console;

/// <summary>The lines of several consoles in the order of their times.</summary>
internal sealed class ConsoleLineMerge(IEnumerable<ConsoleLineReader> readers)
{
    private readonly List<Source> _sources = readers.Select(reader => new Source(reader)).ToList();

    /// <summary>Whether all consoles are read to their end.</summary>
    public bool IsAtEnd => _sources.TrueForAll(source => source.Next is null && source.Reader.IsAtEnd);

    /// <summary>Reads the ended lines of all consoles that are there when it begins, without waiting.</summary>
    public IEnumerable<ConsoleLine> ReadAvailable()
    {
        _sources.ForEach(source => source.Reader.LimitToNow());
        while (true)
        {
            Source? first = null;
            foreach (var source in _sources)
            {
                source.Fill();
                if (source.Next != null && (first is null || source.Next.Time < first.Next!.Time))
                {
                    first = source;
                }
            }

            if (first is null)
            {
                yield break;
            }

            yield return first.Take();
        }
    }

    /// <summary>Takes the lines that have not ended.</summary>
    public IEnumerable<ConsoleLine> Flush() =>
        _sources.Select(source => source.Reader.Flush()).OfType<ConsoleLine>().OrderBy(line => line.Time);

    private sealed class Source(ConsoleLineReader reader)
    {
        public ConsoleLineReader Reader { get; } = reader;

        public ConsoleLine? Next { get; private set; }

        public void Fill()
        {
            if (Next is null && Reader.TryRead(out var line))
            {
                Next = line;
            }
        }

        public ConsoleLine Take()
        {
            var line = Next ?? throw new InvalidOperationException();
            Next = null;
            return line;
        }
    }
}
