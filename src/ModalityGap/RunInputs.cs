using ModalityGap.Embeddings;

namespace ModalityGap;

/// <summary>Whether models can be compared, and which rows of theirs belong together.</summary>
internal static class RunInputs
{
    public static void Check(IReadOnlyList<ModelRun> runs)
    {
        if (runs.Count < 2)
            throw new ArgumentException("A comparison takes at least two models.", nameof(runs));
        if (runs.GroupBy(run => run.Name).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new ArgumentException($"Two models have the name \"{same.Key}\": give each a name of its own.", nameof(runs));
        if (runs[0].First.Modality == runs[0].Second.Modality)
            throw new ArgumentException($"Both modalities have the name \"{runs[0].First.Modality}\".", nameof(runs));
        foreach (ModelRun run in runs)
            if (run.First.Modality != runs[0].First.Modality || run.Second.Modality != runs[0].Second.Modality)
                throw new EmbeddingDataException(
                    run.First.Provenance.Source,
                    $"{run.Name} has {run.First.Modality} and {run.Second.Modality}, {runs[0].Name} {runs[0].First.Modality} and {runs[0].Second.Modality}.",
                    "Models are compared on the same modalities, in the same order; --modalities names those of every model.");
    }

    public static Alignment Align(IReadOnlyList<ModelRun> runs, ComparisonOptions options)
    {
        Alignment alignment = Alignment.Across(
            [.. runs.Select(run => (EmbeddingSet[])[run.First, run.Second])],
            [.. runs.Select(run => run.Name)],
            options.PairedBy,
            options.TextsPerItem,
            options.SkipInvalid);
        return alignment.Items >= GapAnalysis.FewestItems
            ? alignment
            : throw new EmbeddingDataException(
                runs[0].First.Provenance.Source,
                "the models have only one item in common.",
                $"Give at least {GapAnalysis.FewestItems} items, better some hundred, embedded by every model.");
    }

    /// <summary>"3 models x 200 items, image and text: 512, 512 and 1024 dimensions, paired by row".</summary>
    public static string InWords(IReadOnlyList<ModelRun> runs, Alignment alignment)
    {
        int[] dimensions = [.. runs.Select(run => run.First.Dimensions)];
        string each = dimensions.Distinct().Count() == 1
            ? $"{dimensions[0]} dimensions"
            : $"{string.Join(", ", dimensions[..^1])} and {dimensions[^1]} dimensions";
        return $"{runs.Count} models x {alignment.Items} items, {runs[0].First.Modality} and {runs[0].Second.Modality}, {each}, "
            + $"paired by {Detection.PairedBy(alignment)}";
    }

    public static IEnumerable<Finding> Findings(IReadOnlyList<ModelRun> runs, ComparisonOptions options)
    {
        string[] named = [.. runs.Where(HasIds).Select(run => run.Name)];
        string[] nameless = [.. runs.Where(run => !HasIds(run)).Select(run => run.Name)];
        if (options.PairedBy == PairingRule.Automatic && named.Length > 0 && nameless.Length > 0)
            yield return new Finding("ids-not-used", FindingSeverity.Warning,
                $"{Have(named)} ids, {Have(nameless)} none: row i of each model is taken for the same item.");
        for (int r = 1; r < runs.Count; r++)
            if (runs.Take(r).FirstOrDefault(run => AreCopies(run.First, runs[r].First) && AreCopies(run.Second, runs[r].Second)) is { } earlier)
                yield return new Finding("same-rows", FindingSeverity.Warning,
                    $"{runs[r].Name} holds the very same files as {earlier.Name}: was one model given twice?");
    }

    private static string Have(string[] names) => $"{string.Join(", ", names)} {(names.Length == 1 ? "has" : "have")}";

    private static bool HasIds(ModelRun run) => run.First.Ids is not null && run.Second.Ids is not null;

    private static bool AreCopies(EmbeddingSet a, EmbeddingSet b) =>
        a.Provenance.Fingerprint != Fingerprint.None && a.Provenance.Fingerprint == b.Provenance.Fingerprint && a.Provenance.Part == b.Provenance.Part;
}
