using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// What the sweeps over the distances found, within both modalities and across: totals of each kernel, and each item's part in them, so that
/// any measure over the totals has its jackknife in constant time an item.
/// </summary>
internal sealed class DistanceEvidence
{
    /// <summary>A bandwidth need not be known better than the width of a bin, unless few rows leave most bins empty.</summary>
    private const int ExactRows = 2048;

    private readonly int count;
    private readonly double[][] ofFirst, ofSecond, across, matched;

    /// <param name="evidence">The pairs.</param>
    /// <param name="bandwidth">The scale of the Gaussian kernels; default the median distance.</param>
    public DistanceEvidence(PairEvidence evidence, double? bandwidth = null)
    {
        count = evidence.Count;
        MedianDistance = bandwidth ?? PooledMedian(evidence);
        double median = MedianDistance > 0 ? MedianDistance : 1;
        ofFirst = Within(evidence.X, median, evidence.Work);
        ofSecond = Within(evidence.Y, median, evidence.Work);
        var cross = new DistanceVisitor(count, count, median);
        TileSweep.Run(evidence.X, evidence.Y, evidence.Work, cross);
        across = [.. cross.RowSums.Zip(cross.ColumnSums, Sum)];
        double[] squares = Array.ConvertAll(evidence.Moments.Matched, cosine => Math.Max(0, 2 - 2 * cosine));
        matched = [.. Enumerable.Range(0, DistanceKernels.Count).Select(kernel =>
            Array.ConvertAll(squares, square => DistanceKernels.Value(kernel, square, median)))];
    }

    /// <summary>The median distance between two different rows of both modalities together; 0 where most rows coincide.</summary>
    public double MedianDistance { get; }

    /// <summary>The totals of a kernel.</summary>
    public DistanceTotals Totals(int kernel) => new(
        count, ofFirst[kernel].Sum(), ofSecond[kernel].Sum(), across[kernel].Sum() / 2, matched[kernel].Sum());

    /// <summary>A measure of the totals with its jackknife interval; bandwidths are held fixed.</summary>
    public Estimate Jackknifed(int kernel, Func<DistanceTotals, double> measure)
    {
        DistanceTotals all = Totals(kernel);
        var leaveOneOut = new double[count];
        for (int i = 0; i < count; i++)
            leaveOneOut[i] = measure(new DistanceTotals(
                count - 1,
                all.First - 2 * ofFirst[kernel][i],
                all.Second - 2 * ofSecond[kernel][i],
                all.Across - across[kernel][i] + matched[kernel][i],
                all.Matched - matched[kernel][i]));
        return Jackknife.FromLeaveOneOut(measure(all), leaveOneOut);
    }

    private static double[][] Within(RowMatrix rows, double median, WorkContext work)
    {
        var visitor = new DistanceVisitor(rows.Rows, rows.Rows, median);
        TileSweep.RunSymmetric(rows, work, visitor);
        return [.. visitor.RowSums.Zip(visitor.ColumnSums, Sum)];
    }

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (one, other) => one + other)];

    // Distances fall as cosines rise, so the median distance belongs to the median cosine.
    private static double PooledMedian(PairEvidence evidence)
    {
        long[] bins = [.. evidence.Cross.Bins];
        foreach (long[] others in new[] { evidence.Cross.MatchedBins, evidence.WithinFirst.Bins, evidence.WithinSecond.Bins })
            for (int b = 0; b < bins.Length; b++)
                bins[b] += others[b];
        long pairs = bins.Sum();
        double[] middle = CosineQuantiles.At(bins, [(pairs - 1) / 2, pairs / 2], evidence.Count <= ExactRows, needed =>
        {
            ExceedanceVisitor[] looks = [.. Enumerable.Range(0, 3).Select(_ => new ExceedanceVisitor(evidence.Count, evidence.Count, [], needed))];
            TileSweep.Run(evidence.X, evidence.Y, evidence.Work, looks[0]);
            TileSweep.RunSymmetric(evidence.X, evidence.Work, looks[1]);
            TileSweep.RunSymmetric(evidence.Y, evidence.Work, looks[2]);
            return bin => [.. looks.SelectMany(look => look.ValuesIn(bin)).Order()];
        });
        return middle.Average(cosine => Math.Sqrt(Math.Max(0, 2 - 2 * cosine)));
    }
}

/// <summary>Sums of a kernel k over the pairs of n items, as a measure needs them.</summary>
/// <param name="Count">n.</param>
/// <param name="First">Σ k(x_i, x_j) over i ≠ j.</param>
/// <param name="Second">Σ k(y_i, y_j) over i ≠ j.</param>
/// <param name="Across">Σ k(x_i, y_j) over all i and j.</param>
/// <param name="Matched">Σ k(x_i, y_i).</param>
internal readonly record struct DistanceTotals(double Count, double First, double Second, double Across, double Matched)
{
    /// <summary>Mean of k(x_i, x_j) over i ≠ j.</summary>
    public double MeanOfFirst => First / (Count * (Count - 1));

    /// <summary>Mean of k(y_i, y_j) over i ≠ j.</summary>
    public double MeanOfSecond => Second / (Count * (Count - 1));

    /// <summary>Mean of k(x_i, y_j) over all i and j.</summary>
    public double MeanAcross => Across / (Count * Count);

    /// <summary>Mean of k(x_i, y_j) over i ≠ j.</summary>
    public double MeanOfUnmatched => (Across - Matched) / (Count * (Count - 1));

    /// <summary>Mean over all unordered pairs of different rows of both modalities together.</summary>
    public double MeanOfPooled => (First / 2 + Second / 2 + Across) / (Count * (2 * Count - 1));

    /// <summary>
    /// The mean of two rows of the same modality less that of two of different ones, twice. Matched pairs are left out: they are more alike than
    /// independent draws, and with them the statistic of two equal distributions would not be 0 on average.
    /// </summary>
    public double Contrast => MeanOfFirst + MeanOfSecond - 2 * MeanOfUnmatched;

    /// <summary>The same with the matched pairs among those of different modalities, as for two samples that have nothing to do with each other.</summary>
    public double TwoSampleContrast => MeanOfFirst + MeanOfSecond - 2 * MeanAcross;

    /// <summary>That with every row compared with itself as well, k(x, x) = <paramref name="atZero"/>.</summary>
    public double BiasedContrast(double atZero) =>
        (First + Second + 2 * Count * atZero) / (Count * Count) - 2 * MeanAcross;
}
