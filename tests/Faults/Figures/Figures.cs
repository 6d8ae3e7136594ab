using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>The table in docs/reliability.md: a row for each thing that was measured, as short as CI has it or at length.</summary>
internal static class Figures
{
    /// <summary>The environment variable that makes the tests write what they measure.</summary>
    private const string WriteVariable = "LINUXKIT_HYPERV_TESTS_WRITE_FIGURES";

    private const string Begin = "<!-- The tests write what follows. -->\n\n| what | form | measured | on |\n| --- | --- | --- | --- |\n";

    private static string Document => Path.Combine(BuildFacts.Repository, "docs", "reliability.md");

    /// <summary>Tells what was measured, and holds the document to having a row of it.</summary>
    /// <param name="what">The row's name.</param>
    /// <param name="form">How thoroughly it was measured.</param>
    /// <param name="measured">The figure.</param>
    public static void Tell(string what, Form form, string measured)
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"{what} ({form}): {measured}");
        var row = $"| {what} | {form.ToString().ToLowerInvariant()} | ";
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            Write(row, row + $"{measured} | {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} |");
        }

        // What takes hours is not measured for each change, and its row is there when it was.
        Assert.True(form == Form.Long || Rows().Any(existing => existing.StartsWith(row, StringComparison.Ordinal)), $"docs/reliability.md has no row '{row}': run the test with {WriteVariable}=1.");
    }

    private static IEnumerable<string> Rows()
    {
        var text = File.ReadAllText(Document);
        return text[(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static void Write(string start, string row)
    {
        var text = File.ReadAllText(Document);
        var rows = Rows().Where(existing => !existing.StartsWith(start, StringComparison.Ordinal)).Append(row).Order(StringComparer.Ordinal);
        File.WriteAllText(Document, text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + string.Join('\n', rows) + "\n");
    }
}
