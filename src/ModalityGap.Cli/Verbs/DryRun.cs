using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>--dry-run</c>: says what was detected and what would be measured, after checking that the rows fit together.</summary>
internal static class DryRun
{
    public static Option<bool> Option() => new("--dry-run") { Description = "Say what was detected and what would run, and stop." };

    public static int Show(Terminal terminal, IReadOnlyList<EmbeddingSet> sets, AnalysisOptions options)
    {
        terminal.Out.WriteLine(Detection.InWords(sets, options));
        foreach (EmbeddingSet set in sets)
        {
            string part = set.Provenance.Part is { } name ? $" ({name})" : "";
            terminal.Out.WriteLine(
                $"{set.Modality}: {set.Provenance.Source}{part}, {set.Rows} rows x {set.Dimensions} dimensions, {set.Provenance.Format}, {set.Provenance.ElementType}");
        }
        int pairs = sets.Count * (sets.Count - 1) / 2;
        terminal.Out.WriteLine(
            $"Would measure {pairs} {(pairs == 1 ? "pair" : "pairs")} of modalities at temperatures {string.Join(", ", options.Temperatures)}, "
            + $"seed {options.Seed}, on {(options.Threads == 0 ? Environment.ProcessorCount : options.Threads)} threads. Nothing was run.");
        return ExitCode.Ok;
    }
}
