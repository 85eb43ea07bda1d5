using ModalityGap.Measures;

namespace ModalityGap.Cli.Rendering;

/// <summary>Names of rows that tables and Markdown share.</summary>
internal static class Wording
{
    /// <summary>Shown in the short table: what answers a question, not what describes a distribution.</summary>
    private static readonly HashSet<string> Headlines =
    [
        "gap", "gap-debiased", "angle-between-centroids", "relative-modality-gap", "effect-size", "separability-accuracy", "cosine-mean",
        "matched-cosine-mean", "unmatched-cosine-mean", "matched-unmatched-auc", "recall-at-1", "recall-at-10",
        "mean-reciprocal-rank", "pooled-hit-at-1",
    ];

    /// <summary>The numbers of a family that are shown, those of one definition together.</summary>
    public static IEnumerable<Measurement> Shown(
        IReadOnlyDictionary<string, Measurement> measures, MeasureFamily family, bool everyMeasure) => family.Infos.SelectMany(info =>
        measures.Values.Where(measurement => measurement.Id == info.Id && (everyMeasure || IsHeadline(measurement))));

    private static bool IsHeadline(Measurement measurement) => measurement.Estimate is not null && Headlines.Contains(measurement.Id);

    public static string Name(string id) => MeasureCatalog.TryFind(id, out MeasureInfo? info) ? info.Name : id;

    public static string Rule(ThresholdRow row) => row.Rule == "equal-error"
        ? "equal error rates"
        : $"{Numbers.Percent(row.FalsePositiveRate.Value)} false positives";

    public static string Share(MixedSearchTable table, double share) =>
        $"{Numbers.Percent(share)} {table.First}, {Numbers.Percent(1 - share)} {table.Second}";

    public static string Pair(LinearPair pair) => $"{pair.First} and {pair.Second}: {pair.Items} items";

    /// <summary>What a linear result leaves out.</summary>
    public static string OnePass(LinearResult result) => result.Pairs.All(pair => pair.Sample is not null)
        ? "From one pass over the rows, and every pair of the sampled ones; the advice and the report come from files that are measured whole."
        : "From one pass over the rows; thresholds, search and the loss need every pair of them: --sample N measures them on N items.";

    public static string Pair(PairResult pair)
    {
        string rows = pair.FirstRows == pair.Items && pair.SecondRows == pair.Items
            ? ""
            : $", {pair.FirstRows} and {pair.SecondRows} rows";
        return $"{pair.First} and {pair.Second}: {pair.Items} items{rows}";
    }
}
