using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Selection;

/// <summary>What the pairs of one half are judged by, query by query; both halves are put together by <see cref="Join"/>.</summary>
/// <param name="RanksOfFirst">Ranks for queries of the first modality.</param>
/// <param name="RanksOfSecond">Ranks for queries of the second modality.</param>
/// <param name="PooledOfFirst">Ranks in the pooled gallery; <c>null</c> with several rows per item.</param>
/// <param name="PooledOfSecond">The same for the second modality.</param>
/// <param name="Mixed">Mixed search; <c>null</c> with one row per item.</param>
/// <param name="SquaredGaps">The debiased squared gap of each half.</param>
internal sealed record HeldOutScores(
    long[] RanksOfFirst,
    long[] RanksOfSecond,
    long[]? PooledOfFirst,
    long[]? PooledOfSecond,
    MixedSearch.Arm? Mixed,
    IReadOnlyList<Estimate> SquaredGaps)
{
    public static HeldOutScores Of(PairedEmbeddings half, RandomStream random, WorkContext work)
    {
        var ranks = new SearchRanks(half, work);
        return new HeldOutScores(
            ranks.First,
            ranks.Second,
            ranks.PooledFirst,
            ranks.PooledSecond,
            MixedQueries.Within(half)?.Evaluate(random, work).Raw,
            [GapMeasure.SquaredGap(half.OneToOne(), work)]);
    }

    public static HeldOutScores Join(HeldOutScores a, HeldOutScores b) => new(
        [.. a.RanksOfFirst, .. b.RanksOfFirst],
        [.. a.RanksOfSecond, .. b.RanksOfSecond],
        a.PooledOfFirst is null || b.PooledOfFirst is null ? null : [.. a.PooledOfFirst, .. b.PooledOfFirst],
        a.PooledOfSecond is null || b.PooledOfSecond is null ? null : [.. a.PooledOfSecond, .. b.PooledOfSecond],
        a.Mixed is null || b.Mixed is null ? null : MixedSearch.Arm.Join(a.Mixed, b.Mixed),
        [.. a.SquaredGaps, .. b.SquaredGaps]);

    /// <summary>The debiased gap, the squared gaps of the halves averaged.</summary>
    public Estimate Gap()
    {
        double squared = SquaredGaps.Average(gap => gap.Value);
        double low = SquaredGaps.Average(gap => gap.Low ?? gap.Value), high = SquaredGaps.Average(gap => gap.High ?? gap.Value);
        // Each half's interval has its own error; the mean's is smaller by √2.
        double shrink = 1 / Math.Sqrt(SquaredGaps.Count);
        return new Estimate(
            Root(squared),
            Root(squared - (squared - low) * shrink),
            Root(squared + (high - squared) * shrink),
            0.95,
            "debiased gap of the held-out halves",
            RanksOfFirst.Length);

        static double Root(double value) => Math.Sqrt(Math.Max(0, value));
    }
}
