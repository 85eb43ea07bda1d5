using System.Globalization;
using ModalityGap.Evaluation;
using ModalityGap.Measures;

namespace ModalityGap.Cli.Rendering;

/// <summary>A table of an evaluation with its title and what is to be said about it.</summary>
internal sealed record EvaluationSection(string Title, string[] Head, IReadOnlyList<string[]> Rows, string Note = "");

/// <summary>The tables of an evaluation, as cells that the terminal and Markdown share.</summary>
internal static class EvaluationTables
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Title(EvaluationResult result) =>
        $"{result.First} and {result.Second}: {result.Items} items" + (result.Correction is { } id ? $", before and after {id}" : "");

    public static IEnumerable<EvaluationSection> Of(EvaluationResult result)
    {
        EvaluationNumbers raw = result.Raw;
        yield return Search(raw);
        if (raw.MixedSearch is { } mixed)
            yield return Mixed(mixed);
        if (raw.Fused is { } fused)
            yield return Fused(fused, result);
        if (raw.ZeroShot is { } zeroShot)
        {
            yield return PredictionTables.ZeroShot(zeroShot, result);
            yield return PredictionTables.Classes(zeroShot);
        }
        if (raw.Groups is { } groups)
            foreach (EvaluationSection section in GroupTables.Of(groups, result, ""))
                yield return section;
        if (result.Corrected?.Groups is { } corrected)
            foreach (EvaluationSection section in GroupTables.Of(corrected, result, $" after {result.Correction}"))
                yield return section;
        if (raw.Clustering.Count > 0)
            yield return Clusterings(raw.Clustering);
        yield return Robust(raw.Robustness);
        if (result.Changes.Count > 0)
            yield return ChangeTables.Changes(result);
        if (result.Predictions is { } predictions)
            yield return PredictionTables.Changes(predictions, result);
        foreach (EvaluationSection section in ChangeTables.Along(result))
            yield return section;
    }

    private static EvaluationSection Search(EvaluationNumbers numbers) => new(
        "Search across the modalities",
        ["number", "of", "value", "95 % interval"],
        [.. numbers.Retrieval.Select(measurement => new[]
        {
            Wording.Name(measurement.Id), measurement.Subject ?? "", Numbers.Short(measurement.Estimate!.Value), Numbers.Interval(measurement.Estimate),
        })]);

    private static EvaluationSection Mixed(MixedSearchTable table) => new(
        $"Mixed search: {table.Query} against {table.First} and {table.Second}",
        ["documents", "hit@1", "hit@10", "NDCG@10"],
        [.. table.Raw.Select(row => new[] { Wording.Share(table, row.Share), Numbers.Both(row.HitAt1), Numbers.Both(row.HitAt10), Numbers.Both(row.NdcgAt10) })],
        $"{table.Items} documents a gallery. hit@1 at the worst share {Numbers.Both(table.WorstShareHitAt1)}, lost by mixing {Numbers.Both(table.LossFromMixing)}.");

    private static EvaluationSection Fused(FusedSearchResult fused, EvaluationResult result) => new(
        $"Fused search: both rows of an item as one, a·{result.Second} + (1 - a)·{result.First}",
        ["a", $"{fused.Other} finds the fused row first", $"the fused row finds {fused.Other} first"],
        [.. fused.Points.Where((_, k) => k % 2 == 0).Select(point => new[]
        {
            point.Weight.ToString("0.00", Invariant), Numbers.Both(point.FusedDocuments), Numbers.Both(point.FusedQueries),
        })]);

    private static EvaluationSection Clusterings(IReadOnlyList<ClusteringResult> clusterings) => new(
        "Clusters (k-means) against labels",
        ["rows", "n", "k", "V-measure", "ARI", "NMI", "of one modality"],
        [.. clusterings.Select(clustering => new[]
        {
            clustering.Rows,
            clustering.Count.ToString(Invariant),
            clustering.Clusters.ToString(Invariant),
            Numbers.Both(clustering.VMeasure),
            Numbers.Both(clustering.AdjustedRand),
            Numbers.Short(clustering.NormalizedInformation.Value),
            clustering.PurityOfModality is { } purity ? Numbers.Short(purity.Value) : "",
        })]);

    private static EvaluationSection Robust(IReadOnlyList<RobustnessRow> rows) => new(
        "Robustness: search under noise and coarse storage",
        ["disturbance", "direction", "nearest unchanged", "R@1", "change of R@1"],
        [.. rows.Select(row => new[] { row.Disturbance, row.Direction, Numbers.Both(row.Unchanged), Numbers.Short(row.RecallAt1.Value), EvaluationCells.Signed(row.RecallChange) })]);
}
