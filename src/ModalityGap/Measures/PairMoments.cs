using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// First moments of n matched pairs of unit rows, accumulated in float64, and the jackknife over the pairs at hand: all of them, or a random
/// sample, whose leave-one-out values are those of all n pairs and stand for the values of the others.
/// </summary>
internal sealed class PairMoments
{
    private readonly double[] xOnSumX, yOnSumY, xOnSumY, yOnSumX, squaresX, squaresY;

    public PairMoments(PairedEmbeddings pairs)
        : this(pairs, pairs.Items, ColumnSums(pairs.First), ColumnSums(pairs.Second))
    {
        Sums = new PairSums(
            Count, Product(SumX, SumX), Product(SumY, SumY), Product(SumX, SumY), squaresX.Sum(), squaresY.Sum(), Matched.Sum());
        MatchedMoments = RunningMoments.Of(Matched);
    }

    /// <summary>Moments that were accumulated over more pairs than are at hand.</summary>
    /// <param name="sampled">A random sample of the pairs, or all.</param>
    /// <param name="sumX">Σ x_i over all pairs.</param>
    /// <param name="sumY">Σ y_i over all pairs.</param>
    /// <param name="matched">x_i·y_i of all pairs.</param>
    public PairMoments(PairedEmbeddings sampled, double[] sumX, double[] sumY, RunningMoments matched)
        : this(sampled, matched.Count, sumX, sumY)
    {
        Sums = new PairSums(Count, Product(SumX, SumX), Product(SumY, SumY), Product(SumX, SumY), Count, Count, matched.Sum);
        MatchedMoments = matched;
    }

    private PairMoments(PairedEmbeddings held, long count, double[] sumX, double[] sumY)
    {
        UnitEmbeddings x = held.First, y = held.Second;
        (Count, Held, SumX, SumY) = (count, held.Items, sumX, sumY);
        Matched = new double[Held];
        (xOnSumX, yOnSumY, xOnSumY) = (new double[Held], new double[Held], new double[Held]);
        (yOnSumX, squaresX, squaresY) = (new double[Held], new double[Held], new double[Held]);
        for (int i = 0; i < Held; i++)
        {
            ReadOnlySpan<float> xi = x.Row(i), yi = y.Row(i);
            Matched[i] = Dot.Float64(xi, yi);
            squaresX[i] = Dot.Float64(xi, xi);
            squaresY[i] = Dot.Float64(yi, yi);
            xOnSumX[i] = Dot.Float64(xi, SumX);
            xOnSumY[i] = Dot.Float64(xi, SumY);
            yOnSumX[i] = Dot.Float64(yi, SumX);
            yOnSumY[i] = Dot.Float64(yi, SumY);
        }
    }

    /// <summary>n.</summary>
    public long Count { get; }

    /// <summary>Number of pairs at hand: n, or the size of a sample.</summary>
    public int Held { get; }

    /// <summary>Σ x_i.</summary>
    public double[] SumX { get; }

    /// <summary>Σ y_i.</summary>
    public double[] SumY { get; }

    /// <summary>x_i·y_i of the pairs at hand.</summary>
    public double[] Matched { get; }

    /// <summary>Mean, deviation and range of x_i·y_i over all pairs.</summary>
    public RunningMoments MatchedMoments { get; }

    /// <summary>The sums of all pairs.</summary>
    public PairSums Sums { get; }

    /// <summary>Mean of x_i·x_j over j ≠ i.</summary>
    public double MeanCosineOfX(int i) => (xOnSumX[i] - squaresX[i]) / (Count - 1);

    /// <summary>Mean of y_i·y_j over j ≠ i.</summary>
    public double MeanCosineOfY(int i) => (yOnSumY[i] - squaresY[i]) / (Count - 1);

    /// <summary>The gap vector Δ = mean x - mean y, d values.</summary>
    public double[] GapVector() => GapVector(SumX, SumY, Count);

    /// <summary>The gap vector of pairs of which nothing else is wanted.</summary>
    public static double[] GapVector(PairedEmbeddings pairs) => GapVector(ColumnSums(pairs.First), ColumnSums(pairs.Second), pairs.Items);

    private static double[] GapVector(double[] sumX, double[] sumY, long count)
    {
        var gap = new double[sumX.Length];
        for (int k = 0; k < gap.Length; k++)
            gap[k] = (sumX[k] - sumY[k]) / count;
        return gap;
    }

    /// <summary>A measure of the sums with its jackknife interval.</summary>
    public Estimate Jackknifed(Func<PairSums, double> measure) => Jackknife.FromLeaveOneOut(measure(Sums), LeaveOneOut(measure), Count);

    /// <summary>A measure of the sums without each of the pairs at hand in turn.</summary>
    public double[] LeaveOneOut(Func<PairSums, double> measure)
    {
        var leaveOneOut = new double[Held];
        for (int i = 0; i < Held; i++)
            leaveOneOut[i] = measure(Without(i));
        return leaveOneOut;
    }

    private PairSums Without(int i) => new(
        Count - 1,
        Sums.XX - 2 * xOnSumX[i] + squaresX[i],
        Sums.YY - 2 * yOnSumY[i] + squaresY[i],
        Sums.XY - xOnSumY[i] - yOnSumX[i] + Matched[i],
        Sums.SquaresX - squaresX[i],
        Sums.SquaresY - squaresY[i],
        Sums.Matched - Matched[i]);

    internal static double[] ColumnSums(UnitEmbeddings rows)
    {
        var sums = new double[rows.Dimensions];
        for (int i = 0; i < rows.Rows; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int k = 0; k < sums.Length; k++)
                sums[k] += row[k];
        }
        return sums;
    }

    private static double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += a[k] * b[k];
        return sum;
    }
}
