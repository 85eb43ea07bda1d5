using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Selection;
using ModalityGap.Statistics;

namespace ModalityGap.Comparisons;

/// <summary>The numbers by which models are compared; the values are those of <c>modgap measure</c>.</summary>
/// <param name="pairs">The rows of one model.</param>
/// <param name="resamples">Resamples of the items, the same for all models.</param>
/// <param name="random">The randomness of the galleries, the same for all models.</param>
/// <param name="work">How to work.</param>
internal sealed class RunMeasuring(PairedEmbeddings pairs, Resamples resamples, RandomStream random, WorkContext work)
{
    /// <summary>The sweeps and moments of the model.</summary>
    public PairEvidence Evidence { get; } = new(pairs, [], random, work);

    public ComparableNumber[] All() =>
    [
        Gap(),
        Relative(),
        MatchedCosine(),
        Separable(),
        .. Search(),
        WorstShare(),
    ];

    // The debiased squared gap is a U-statistic: the mean of its jackknife values is the statistic itself.
    public ComparableNumber Gap() => ComparableNumber.OfItems(
        new GapMeasure().Compute(Evidence).First(measurement => measurement.Id == "gap-debiased"),
        JackknifeValues(sums => sums.DebiasedSquaredGap),
        resamples,
        squared => Math.Sqrt(Math.Max(0, squared)));

    private ComparableNumber Relative() => ComparableNumber.OfItems(
        new RelativeModalityGap().Compute(Evidence).First(measurement => measurement.Id == "relative-modality-gap"),
        JackknifeValues(RelativeModalityGap.Of),
        resamples,
        value => value);

    private ComparableNumber MatchedCosine() => ComparableNumber.OfItems(
        new MatchedCosines().Linear(Evidence.Linear).First(measurement => measurement.Id == "matched-cosine-mean"),
        Evidence.Moments.Matched,
        resamples,
        value => value);

    private ComparableNumber Separable()
    {
        (Measurement accuracy, double[]? byItem) = Separability.AccuracyByItem(Evidence);
        return ComparableNumber.OfItems(accuracy, byItem, resamples, value => value);
    }

    private ComparableNumber[] Search()
    {
        var ranks = new SearchRanks(pairs, work);
        return [.. Headlines.Depths.SelectMany(depth =>
        {
            Replicated forth = Resampled(ranks.First, pairs.FirstItems, depth), back = Resampled(ranks.Second, pairs.SecondItems, depth);
            return new[]
            {
                ComparableNumber.OfShares($"recall-at-{depth}", Evidence.FirstToSecond, forth),
                ComparableNumber.OfShares($"recall-at-{depth}", Evidence.SecondToFirst, back),
                ComparableNumber.OfShares($"recall-at-{depth}", Headlines.BothWays, Replicated.Sum((0.5, forth), (0.5, back))),
            };
        })];
    }

    private Replicated Resampled(long[] ranks, IReadOnlyList<int> items, int depth) =>
        new ItemShares(Retrieval.Hits(ranks, depth), items, pairs.Items).Resample(resamples);

    private ComparableNumber WorstShare()
    {
        if (MixedQueries.Within(pairs) is not { } queries)
            return ComparableNumber.Missing("mixed-search", Headlines.WorstShare, "Items have one row of each modality: nothing asks for documents of both.");
        MixedSearch.Arm found = queries.Evaluate(random.Fork("mixed").Fork("galleries"), work).Raw;
        Replicated[] shares = [.. found.HitAt1.Select(hits => new ItemShares(hits, queries.Items!, pairs.Items).Resample(resamples))];
        return ComparableNumber.OfShares("mixed-search", Headlines.WorstShare, Replicated.Lowest(shares));
    }

    private double[]? JackknifeValues(Func<PairSums, double> measure)
    {
        int n = Evidence.Count;
        if (n < 3)
            return null;
        double all = measure(Evidence.Moments.Sums);
        return Array.ConvertAll(Evidence.Moments.LeaveOneOut(measure), without => n * all - (n - 1) * without);
    }
}
