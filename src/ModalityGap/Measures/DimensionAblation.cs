using System.Globalization;
using ModalityGap.Embeddings;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>Gap and recall when the coordinates that carry most of the gap are set to zero and rows are set to norm 1 again.</summary>
internal sealed class DimensionAblation : IMeasure
{
    /// <summary>The most pairs that are ablated: the recall of a larger gallery is another number, and each size is a sweep of its own.</summary>
    public const int LargestSample = 10_000;

    private const string Reference = "Schrodi et al., Two Effects, One Trigger, ICLR 2025: the gap falls at once, recall falls first and then partly recovers";

    private const string Chosen = " The coordinates are chosen on the same rows, which favours the gap's fall slightly.";

    private static readonly int[] Sizes = [0, 1, 2, 5, 10, 20];

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "ablated-gap",
            Name = "Gap without its top dimensions",
            Definition = "The gap after the k coordinates with the largest mean differences were set to zero and rows to norm 1 again.",
            Formula = "‖mean x' - mean y'‖, x' = x without the top k coordinates / ‖·‖",
            Range = "[0, 2]",
            Reading = "A steep fall at small k: a handful of coordinates carries the gap." + Chosen,
            Reference = Reference,
        },
        new MeasureInfo
        {
            Id = "ablated-recall-at-1",
            Name = "R@1 without the gap's top dimensions",
            Definition = "The share of queries that find their partner first after the same ablation.",
            Formula = "R@1 of x' against y'",
            Range = "[0, 1]",
            Direction = Direction.HigherIsBetter,
            Reading = "Compare with k = 0: if recall falls with the gap, those coordinates carry content as well. Above "
                + "10,000 items it is measured on a random sample of that size.",
            Reference = Reference,
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        double[] gap = evidence.Moments.GapVector();
        bool isGap = gap.Any(value => value != 0);
        int[] order = TopDimensionShare.Ordered(gap);
        PairedEmbeddings pairs = Sample(evidence);
        foreach (int size in Sizes)
        {
            string subject = size.ToString(CultureInfo.InvariantCulture);
            string? reason = size >= gap.Length ? $"The rows have {gap.Length} dimensions; none would be left."
                : !isGap ? "There is no gap, so no dimension carries it."
                : null;
            PairedEmbeddings? ablated = reason is null ? Without(pairs, order[..size]) : null;
            IEnumerable<Measurement> measured = ablated is null
                ? Missing(evidence, subject, reason ?? "A row has nothing left without these dimensions.")
                : Of(evidence, subject, ablated);
            foreach (Measurement measurement in measured)
                yield return measurement;
        }
    }

    private static IEnumerable<Measurement> Missing(PairEvidence evidence, string subject, string reason) =>
    [
        Measurement.Without("ablated-gap", subject, reason),
        Measurement.Without("ablated-recall-at-1", $"{subject}/{evidence.FirstToSecond}", reason),
        Measurement.Without("ablated-recall-at-1", $"{subject}/{evidence.SecondToFirst}", reason),
    ];

    private static IEnumerable<Measurement> Of(PairEvidence evidence, string subject, PairedEmbeddings ablated)
    {
        yield return Measurement.Of("ablated-gap", subject, GapMeasure.Gap(ablated, evidence.Work));
        var ranks = new SearchRanks(ablated, evidence.Work);
        // The same resamples at every size, so that differences show.
        yield return Recall(ranks.First, evidence.FirstToSecond);
        yield return Recall(ranks.Second, evidence.SecondToFirst);

        Measurement Recall(long[] found, string direction) => Measurement.Of(
            "ablated-recall-at-1",
            $"{subject}/{direction}",
            Bootstrap.Means([Retrieval.Hits(found, 1)], evidence.Random.Fork("ablated-recall/" + direction))[0]);
    }

    private static PairedEmbeddings Sample(PairEvidence evidence) => evidence.Count <= LargestSample
        ? evidence.Pairs
        : evidence.Pairs.Select([.. evidence.Random.Fork("ablation").NextPermutation(evidence.Count).Take(LargestSample).Order()]);

    private static PairedEmbeddings? Without(PairedEmbeddings pairs, int[] dimensions)
    {
        UnitEmbeddings? first = Without(pairs.First, dimensions), second = Without(pairs.Second, dimensions);
        return first is null || second is null ? null : PairedEmbeddings.ByRow(first, second);
    }

    private static UnitEmbeddings? Without(UnitEmbeddings rows, int[] dimensions)
    {
        float[] values = [.. rows.Values];
        for (int i = 0; i < rows.Rows; i++)
        {
            Span<float> row = values.AsSpan(i * rows.Dimensions, rows.Dimensions);
            foreach (int k in dimensions)
                row[k] = 0;
            if (!row.ContainsAnyExcept(0))
                return null;
        }
        return rows.WithVectors(values);
    }
}
