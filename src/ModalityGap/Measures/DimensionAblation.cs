using System.Globalization;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>Gap and recall when the coordinates that carry most of the gap are set to zero and rows are set to norm 1 again.</summary>
internal sealed class DimensionAblation : IMeasure
{
    /// <summary>The most pairs that are ablated, for each size is a sweep of its own: enough to see a recall move by some per cent.</summary>
    public const int LargestSample = 2_000;

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
                + "2,000 items it is measured on a random sample of that size, so not with R@1 of all.",
            Reference = Reference,
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        double[] gap = evidence.Moments.GapVector();
        int[] order = TopDimensionShare.Ordered(gap);
        PairedEmbeddings pairs = Sample(evidence);
        Dictionary<int, Ablation> ablations = [];
        if (gap.Any(value => value != 0))
            foreach (int size in Sizes.Where(size => size < gap.Length))
                if (Without(pairs, order[..size]) is { } ablated)
                    ablations.Add(size, new Ablation(ablated, evidence.Work));
        // The same resamples at every size, so that differences show.
        Estimate[] forth = Recalls([.. ablations.Values.Select(ablation => ablation.HitsOfFirst)], evidence.FirstToSecond, evidence);
        Estimate[] back = Recalls([.. ablations.Values.Select(ablation => ablation.HitsOfSecond)], evidence.SecondToFirst, evidence);
        int[] measured = [.. ablations.Keys];
        foreach (int size in Sizes)
        {
            string subject = size.ToString(CultureInfo.InvariantCulture);
            string[] directions = [$"{subject}/{evidence.FirstToSecond}", $"{subject}/{evidence.SecondToFirst}"];
            int place = Array.IndexOf(measured, size);
            if (place < 0)
            {
                string reason = size >= gap.Length ? $"The rows have {gap.Length} dimensions; none would be left."
                    : ablations.Count == 0 ? "There is no gap, so no dimension carries it."
                    : "A row has nothing left without these dimensions.";
                yield return Measurement.Without("ablated-gap", subject, reason);
                foreach (string direction in directions)
                    yield return Measurement.Without("ablated-recall-at-1", direction, reason);
                continue;
            }
            yield return Measurement.Of("ablated-gap", subject, ablations[size].Gap);
            yield return Measurement.Of("ablated-recall-at-1", directions[0], forth[place]);
            yield return Measurement.Of("ablated-recall-at-1", directions[1], back[place]);
        }
    }

    private static Estimate[] Recalls(double[][] hits, string direction, PairEvidence evidence) =>
        hits.Length == 0 ? [] : [.. Bootstrap.Means(hits, evidence.Random.Fork("ablated-recall/" + direction))];

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

    /// <summary>What is measured of one ablated set; the rows themselves are dropped again.</summary>
    private sealed class Ablation
    {
        public Ablation(PairedEmbeddings pairs, WorkContext work)
        {
            Gap = GapMeasure.Gap(pairs, work);
            var ranks = new SearchRanks(pairs, work);
            HitsOfFirst = Retrieval.Hits(ranks.First, 1);
            HitsOfSecond = Retrieval.Hits(ranks.Second, 1);
        }

        public Estimate Gap { get; }

        public double[] HitsOfFirst { get; }

        public double[] HitsOfSecond { get; }
    }
}
