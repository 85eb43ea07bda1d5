using System.Globalization;
using ModalityGap.Evaluation;
using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap;

/// <summary>Every number before and after a correction: means over units are compared unit by unit, what is no mean by its two values.</summary>
internal sealed class EvaluationChanges(EvaluationProblem problem, RandomStream random)
{
    public IEnumerable<NumberChange> Between(EvaluatedSet before, EvaluationNumbers numbersBefore, EvaluatedSet after, EvaluationNumbers numbersAfter) =>
    [
        .. Searches(problem.Forth, before.Ranks.First, after.Ranks.First),
        .. Searches(problem.Back, before.Ranks.Second, after.Ranks.Second),
        .. Pooled(before, after),
        .. Mixed(before, after),
        .. Fused(before, after),
        .. ZeroShot(before, numbersBefore, after, numbersAfter),
        .. Groups(before, after),
        .. numbersBefore.Clustering.Zip(numbersAfter.Clustering).SelectMany(pair => Clusterings(pair.First, pair.Second)),
        .. before.Robust.Zip(after.Robust).Select(pair => Hits(
            "nearest-unchanged", $"{pair.First.Disturbance}/{pair.First.Direction}", pair.First.Unchanged, pair.Second.Unchanged, "queries")),
    ];

    private IEnumerable<NumberChange> Searches(string direction, long[] before, long[] after)
    {
        foreach (int depth in Retrieval.Depths)
            yield return Hits(
                string.Create(CultureInfo.InvariantCulture, $"recall-at-{depth}"), direction, Retrieval.Hits(before, depth), Retrieval.Hits(after, depth), "queries");
        yield return Means("mean-reciprocal-rank", direction, Array.ConvertAll(before, rank => 1.0 / rank), Array.ConvertAll(after, rank => 1.0 / rank));
    }

    private IEnumerable<NumberChange> Pooled(EvaluatedSet before, EvaluatedSet after)
    {
        if (before.Ranks.PooledFirst is { } first)
            yield return Hits("pooled-hit-at-1", problem.Pairs.First.Modality.Name, Retrieval.Hits(first, 1), Retrieval.Hits(after.Ranks.PooledFirst!, 1), "queries");
        if (before.Ranks.PooledSecond is { } second)
            yield return Hits("pooled-hit-at-1", problem.Pairs.Second.Modality.Name, Retrieval.Hits(second, 1), Retrieval.Hits(after.Ranks.PooledSecond!, 1), "queries");
    }

    private IEnumerable<NumberChange> Mixed(EvaluatedSet before, EvaluatedSet after)
    {
        if (before.Mixed?.Raw is not { } raw || after.Mixed?.Raw is not { } corrected)
            yield break;
        for (int k = 0; k < MixedSearch.Shares.Length; k++)
            yield return Means("mixed-search", string.Create(CultureInfo.InvariantCulture, $"hit-at-1/{MixedSearch.Shares[k]}"), raw.HitAt1[k], corrected.HitAt1[k]);
        yield return Means("mixed-search", "hit-at-1/worst share", raw.HitAt1[MixedSearch.WorstShare(raw)], corrected.HitAt1[MixedSearch.WorstShare(corrected)]);
        yield return Means("mixed-search", "loss-from-mixing", MixedSearch.LossFromMixing(raw), MixedSearch.LossFromMixing(corrected));
    }

    private IEnumerable<NumberChange> Fused(EvaluatedSet before, EvaluatedSet after)
    {
        if (before.Fused is not { } raw || after.Fused is not { } corrected)
            yield break;
        int half = FusedSearch.Weights.Count / 2;
        yield return Hits("fused-search", "documents/0.5", raw.Documents[half], corrected.Documents[half], "queries");
        yield return Hits("fused-search", "queries/0.5", raw.Queries[half], corrected.Queries[half], "queries");
    }

    private IEnumerable<NumberChange> ZeroShot(EvaluatedSet before, EvaluationNumbers numbersBefore, EvaluatedSet after, EvaluationNumbers numbersAfter)
    {
        if (before.Zero is not { } raw || after.Zero is not { } corrected)
            yield break;
        ZeroShotResult a = numbersBefore.ZeroShot!, b = numbersAfter.ZeroShot!;
        yield return Hits("top-1", null, raw.Hits, corrected.Hits, "images");
        if (a.Top5.Estimate is not null)
            yield return Hits("top-5", null, raw.HitsAmongFive, corrected.HitsAmongFive, "images");
        yield return Values("mean-class-accuracy", null, a.MeanClassAccuracy, b.MeanClassAccuracy);
        if (a.RocAuc.Estimate is { } areaBefore && b.RocAuc.Estimate is { } areaAfter)
            yield return Values("roc-auc", null, areaBefore, areaAfter);
        yield return Values("predicted-gini", null, a.Predictions.PredictedGini, b.Predictions.PredictedGini);
        yield return Values("prediction-entropy", null, a.Predictions.NormalizedEntropy, b.Predictions.NormalizedEntropy);
    }

    // The images of a group are the same before and after: each took a class of the set or did not.
    private IEnumerable<NumberChange> Groups(EvaluatedSet before, EvaluatedSet after)
    {
        if (before.Groups is not { } raw || after.Groups is not { } corrected)
            yield break;
        foreach (GroupRow row in raw.Groups)
        {
            int[] images = [.. Enumerable.Range(0, problem.Groups!.Count).Where(i => problem.Groups[i] == row.Name)];
            foreach (ClassSet set in problem.ClassSets)
                yield return Hits("group-rate", $"{row.Name}/{set.Name}", Taken(before, set, images), Taken(after, set, images), "images of the group");
            yield return Hits(
                "group-accuracy", row.Name, [.. images.Select(i => before.Zero!.Hits[i])], [.. images.Select(i => after.Zero!.Hits[i])], "images of the group");
        }
        foreach ((GroupDisparity first, GroupDisparity second) in raw.Disparities.Zip(corrected.Disparities))
            yield return Values("group-disparity", first.Column, first.Difference, second.Difference);
    }

    private static double[] Taken(EvaluatedSet rows, ClassSet set, int[] images)
    {
        HashSet<int> classes = [.. Enumerable.Range(0, rows.Classes!.Count).Where(c => set.Classes.Contains(rows.Classes.Names[c]))];
        return Array.ConvertAll(images, i => classes.Contains(rows.Zero!.Predicted[i]) ? 1.0 : 0);
    }

    private static IEnumerable<NumberChange> Clusterings(ClusteringResult before, ClusteringResult after)
    {
        yield return Values("v-measure", before.Rows, before.VMeasure, after.VMeasure);
        yield return Values("adjusted-rand", before.Rows, before.AdjustedRand, after.AdjustedRand);
        yield return Values("normalized-information", before.Rows, before.NormalizedInformation, after.NormalizedInformation);
        if (before.PurityOfModality is { } purity)
            yield return Values("purity-of-modality", before.Rows, purity, after.PurityOfModality!);
    }

    private NumberChange Hits(string id, string? subject, double[] before, double[] after, string units) => new(
        id,
        subject,
        Estimate.Share(before.Average(), before.Length, units),
        Estimate.Share(after.Average(), after.Length, units),
        PredictionChange.PairedDifference(before, after, random.Fork($"{id}/{subject}")),
        McNemarTest.Run(before, after));

    private NumberChange Means(string id, string? subject, double[] before, double[] after)
    {
        double[] difference = [.. after.Zip(before, (a, b) => a - b)];
        IReadOnlyList<Estimate> means = Bootstrap.Means([before, after, difference], random.Fork($"{id}/{subject}"));
        return new NumberChange(id, subject, means[0], means[1], means[2], null);
    }

    private static NumberChange Values(string id, string? subject, Estimate before, Estimate after) => new(
        id, subject, before, after, Estimate.Exact(after.Value - before.Value, "difference of the two estimates", after.Count), null);
}
