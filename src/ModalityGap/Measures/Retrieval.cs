using System.Globalization;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>Search across the modalities with a gallery of one kind: every row of one modality asks for its partner in the other.</summary>
internal sealed class Retrieval : IMeasure
{
    /// <summary>The depths of recall.</summary>
    internal static readonly int[] Depths = [1, 5, 10];

    private const string Ties = "A document with the same score as the right one counts as ahead of it. With several texts per item, the best ranked one counts.";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        .. Depths.Select(depth => new MeasureInfo
        {
            Id = $"recall-at-{depth}",
            Name = $"R@{depth}",
            Definition = $"The share of queries that find a right document among the first {depth}.",
            Formula = $"(1/Q) #{{q : rank(q) <= {depth}}}",
            Range = "[0, 1]",
            Direction = Direction.HigherIsBetter,
            Reading = "Depends on the size of the gallery: compare only at equal N. " + Ties,
            Reference = "Karpathy and Fei-Fei, CVPR 2015",
        }),
        new MeasureInfo
        {
            Id = "mean-reciprocal-rank",
            Name = "Mean reciprocal rank (MRR)",
            Definition = "The mean of one over the rank of the first right document.",
            Formula = "(1/Q) Σ 1/rank(q)",
            Range = "(0, 1]",
            Direction = Direction.HigherIsBetter,
            Reading = "1: always first; 0.5: as good as always second. " + Ties,
            Reference = "Voorhees, TREC-8, 1999",
        },
        new MeasureInfo
        {
            Id = "median-rank",
            Name = "Median rank",
            Definition = "The median of the rank of the first right document, counted from 1.",
            Formula = "median of rank(q)",
            Range = "[1, N]",
            Direction = Direction.LowerIsBetter,
            Reading = "1: at least half of the queries find it first. " + Ties,
            Reference = "Karpathy and Fei-Fei, CVPR 2015",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        CrossEvidence cross = evidence.Cross;
        return
        [
            .. OneWay(evidence.FirstToSecond, cross.RanksOfFirst, evidence.Random),
            .. OneWay(evidence.SecondToFirst, cross.RanksOfSecond, evidence.Random),
        ];
    }

    /// <summary>The numbers of one direction, such as <c>image-to-text</c>.</summary>
    internal static IEnumerable<Measurement> OneWay(string direction, long[] ranks, RandomStream random)
    {
        double[][] columns = [.. Depths.Select(depth => Hits(ranks, depth)), Array.ConvertAll(ranks, rank => 1.0 / rank)];
        IReadOnlyList<Estimate> means = Bootstrap.Means(columns, random.Fork("retrieval/" + direction));
        for (int k = 0; k < Depths.Length; k++)
            yield return Measurement.Of("recall-at-" + Depths[k].ToString(CultureInfo.InvariantCulture), direction, means[k]);
        yield return Measurement.Of("mean-reciprocal-rank", direction, means[^1]);
        yield return Measurement.Of("median-rank", direction, Bootstrap.Median(
            Array.ConvertAll(ranks, rank => (double)rank), random.Fork("median-rank/" + direction)));
    }

    /// <summary>1 where the rank is within the depth, else 0.</summary>
    internal static double[] Hits(long[] ranks, int depth) => Array.ConvertAll(ranks, rank => rank <= depth ? 1.0 : 0.0);
}
