using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>How unevenly the rows of one modality occur in the nearest-neighbour lists of the other.</summary>
internal sealed class Hubness : IMeasure
{
    private const int K = PairEvidence.Neighbours;

    private const string Reference = "Radovanović et al., Hubs in space, JMLR 2010; scikit-hubness, k = 10";

    // Counts of a few dozen each carry Poisson noise that skewness and Gini turn into bias: no resampling gives an honest interval.
    private const string WhyNoInterval = "describes these queries and this gallery";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        Info("hubness-skewness", "Hubness (skewness of k-occurrence)", "The skewness of how often each document stands in a query's first ten.",
            "mean (N_j - mean N)³ / (mean (N_j - mean N)²)^1.5, N_j = #{queries with j among their 10 nearest}", "(-∞, ∞)", Direction.LowerIsBetter,
            "0: evenly. Above 1 or 2: a few hubs answer many queries. It grows with the gallery."),
        Info("hubness-largest-count", "Largest k-occurrence", "How many queries have the most frequent document in their first ten.",
            "max N_j", "[1, N]", Direction.LowerIsBetter, "On average every document stands in ten lists."),
        Info("anti-hub-share", "Share of anti-hubs", "The share of documents that stand in no query's first ten.",
            "#{j : N_j = 0} / N", "[0, 1]", Direction.LowerIsBetter, "Documents that a list of ten never shows, whatever is asked."),
        Info("hubness-gini", "Gini coefficient of k-occurrence", "How unequally the places in the first ten are shared out among the documents.",
            "2 Σ_r r N_(r) / (N Σ N_j) - (N + 1)/N, N_(r) ascending", "[0, 1]", Direction.LowerIsBetter, "0: equally. 1: one document has all places."),
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence) =>
    [
        .. OneWay(evidence.FirstToSecond, evidence.Cross.NearestOfFirst, evidence.Count),
        .. OneWay(evidence.SecondToFirst, evidence.Cross.NearestOfSecond, evidence.Count),
    ];

    private IEnumerable<Measurement> OneWay(string direction, TopLists lists, int n)
    {
        if (n <= K)
            return Infos.Select(info => Measurement.Without(
                info.Id, direction, $"With {n} documents every one is among the first {K} of every query."));
        double[] counts = Occurrences(lists, n);
        return
        [
            Array.TrueForAll(counts, count => count == K)
                ? Measurement.Without("hubness-skewness", direction, "Every document occurs equally often.")
                : Number("hubness-skewness", Skewness(counts)),
            Number("hubness-largest-count", counts.Max()),
            Number("anti-hub-share", counts.Count(count => count == 0) / (double)n),
            Number("hubness-gini", Gini(counts)),
        ];

        Measurement Number(string id, double value) => Measurement.Of(id, direction, Estimate.Exact(value, WhyNoInterval, n));
    }

    /// <summary>The population skewness of counts whose mean is K.</summary>
    internal static double Skewness(double[] counts) =>
        counts.Average(count => Math.Pow(count - K, 3)) / Math.Pow(counts.Average(count => (count - K) * (count - K)), 1.5);

    /// <summary>How often each of n documents stands in the lists.</summary>
    internal static double[] Occurrences(TopLists lists, int n)
    {
        var counts = new double[n];
        for (int i = 0; i < n; i++)
            for (int k = 0; k < lists.Count(i); k++)
                counts[lists.Index(i, k)]++;
        return counts;
    }

    /// <summary>Gini's coefficient of counts: 2 Σ_r r·m_(r) / (C Σ m) - (C + 1) / C, the C counts m in ascending order.</summary>
    internal static double Gini(double[] counts)
    {
        double n = counts.Length;
        double[] sorted = [.. counts.Order()];
        double ranked = 0;
        for (int r = 0; r < sorted.Length; r++)
            ranked += (r + 1) * sorted[r];
        return 2 * ranked / (n * counts.Sum()) - (n + 1) / n;
    }

    private static MeasureInfo Info(string id, string name, string definition, string formula, string range, Direction direction, string reading) => new()
    {
        Id = id,
        Name = name,
        Definition = definition,
        Formula = formula,
        Range = range,
        Direction = direction,
        Reading = reading + " Documents with equal cosines are listed by their index.",
        Reference = Reference,
    };
}
