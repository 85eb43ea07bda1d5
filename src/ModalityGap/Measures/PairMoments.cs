using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>First moments of n matched pairs of unit rows, accumulated in float64, and the jackknife over them.</summary>
internal sealed class PairMoments
{
    private readonly double[] xOnSumX, yOnSumY, xOnSumY, yOnSumX, squaresX, squaresY;

    public PairMoments(PairedEmbeddings pairs)
    {
        UnitEmbeddings x = pairs.First, y = pairs.Second;
        Count = pairs.Items;
        SumX = ColumnSums(x);
        SumY = ColumnSums(y);
        Matched = new double[Count];
        (xOnSumX, yOnSumY, xOnSumY) = (new double[Count], new double[Count], new double[Count]);
        (yOnSumX, squaresX, squaresY) = (new double[Count], new double[Count], new double[Count]);
        for (int i = 0; i < Count; i++)
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
        Sums = new PairSums(
            Count, Product(SumX, SumX), Product(SumY, SumY), Product(SumX, SumY), squaresX.Sum(), squaresY.Sum(), Matched.Sum());
    }

    /// <summary>n.</summary>
    public int Count { get; }

    /// <summary>Σ x_i.</summary>
    public double[] SumX { get; }

    /// <summary>Σ y_i.</summary>
    public double[] SumY { get; }

    /// <summary>x_i·y_i.</summary>
    public double[] Matched { get; }

    /// <summary>The sums of all pairs.</summary>
    public PairSums Sums { get; }

    /// <summary>Mean of x_i·x_j over j ≠ i.</summary>
    public double MeanCosineOfX(int i) => (xOnSumX[i] - squaresX[i]) / (Count - 1);

    /// <summary>Mean of y_i·y_j over j ≠ i.</summary>
    public double MeanCosineOfY(int i) => (yOnSumY[i] - squaresY[i]) / (Count - 1);

    /// <summary>The gap vector Δ = mean x - mean y, d values.</summary>
    public double[] GapVector()
    {
        var gap = new double[SumX.Length];
        for (int k = 0; k < gap.Length; k++)
            gap[k] = (SumX[k] - SumY[k]) / Count;
        return gap;
    }

    /// <summary>A measure of the sums with its jackknife interval.</summary>
    public Estimate Jackknifed(Func<PairSums, double> measure)
    {
        var leaveOneOut = new double[Count];
        for (int i = 0; i < Count; i++)
            leaveOneOut[i] = measure(Without(i));
        return Jackknife.FromLeaveOneOut(measure(Sums), leaveOneOut);
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
