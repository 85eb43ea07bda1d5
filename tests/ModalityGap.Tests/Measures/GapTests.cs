using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

/// <summary>The linear measures, from means and from double loops over their definitions.</summary>
public sealed class GapTests
{
    private static readonly int[] Sizes = [2, 10];

    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Measures_FromTheirDefinitions_Agree(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        double[][] x = Rows.All(pairs.First), y = Rows.All(pairs.Second);
        double[] meanX = Mean(x), meanY = Mean(y), gap = Rows.Plus(meanX, meanY, -1);
        double n = pairs.Items, squared = Product(gap, gap);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        Check(Math.Sqrt(squared), "gap");
        double scatter = x.Average(row => Square(row, meanX)) + y.Average(row => Square(row, meanY));
        if (scatter > 1e-12)
            Check(Math.Sqrt(squared / (scatter / 2)), "effect-size");
        if (Product(meanX, meanX) > 1e-10 && Product(meanY, meanY) > 1e-10)
            Check(Math.Acos(Math.Clamp(Product(meanX, meanY) / Math.Sqrt(Product(meanX, meanX) * Product(meanY, meanY)), -1, 1)) * 180 / Math.PI, "angle-between-centroids", 1e-6);

        // Differences and their covariance are taken in float32.
        double trace = x.Zip(y, (a, b) => Square(Rows.Plus(a, b, -1), gap)).Sum() / (n - 1);
        Check(Math.Sqrt(Math.Max(0, squared - trace / n)), "gap-debiased", 1e-5);
        Check(Math.Sqrt(trace / n), "gap-noise-floor", 1e-6);

        double within = Distance(pairs.First, pairs.First, false) + Distance(pairs.Second, pairs.Second, false);
        double matched = Distance(pairs.First, pairs.Second, true);
        if (matched + within / 2 > 1e-12)
            Check(matched / (matched + within / 2), "relative-modality-gap");

        void Check(double expected, string key, double digits = 1e-9) => new Tolerance(digits, digits).Check(
            expected, measures[key].Estimate!.Value, $"{sample}: {key}");
    }

    [Theory]
    [InlineData("seventeen items")]
    [InlineData("three hundred items")]
    public void TopDimensions_FromMeans_CarryWhatTheySay(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        double[] meanX = Mean(Rows.All(pairs.First)), meanY = Mean(Rows.All(pairs.Second)), gap = Rows.Plus(meanX, meanY, -1);
        (double Share, int Dimension)[] shares =
            [.. gap.Select((value, k) => (value * value / Product(gap, gap), k)).OrderByDescending(entry => entry.Item1)];
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        foreach (int size in Sizes.Where(size => size < pairs.Dimensions))
            Tolerance.Float64.Check(shares.Take(size).Sum(entry => entry.Share), measures[$"top-dimension-share/{size}"].Estimate!.Value, $"top {size}");
        IReadOnlyList<DimensionShare> listed = GapDimensions.Compute(Rows.Evidence(pairs).Moments);
        Assert.Equal(Math.Min(20, pairs.Dimensions), listed.Count);
        for (int k = 0; k < listed.Count; k++)
        {
            Assert.Equal(shares[k].Dimension, listed[k].Dimension);
            Tolerance.Float64.Check(shares[k].Share, listed[k].ShareOfSquaredGap, "share");
            Tolerance.Float64.Check(shares.Take(k + 1).Sum(entry => entry.Share), listed[k].Cumulative, "cumulative");
            Tolerance.Float64.Check(meanX[shares[k].Dimension], listed[k].FirstMean, "mean");
        }
    }

    [Fact]
    public void Gap_OfTwoAxes_IsTheirDistance()
    {
        Dictionary<string, Measurement> measures = Rows.Measure(Rows.Pair([[1, 0], [1, 0], [1, 0], [1, 0]], [[0, 1], [0, 1], [0, 1], [0, 1]]));
        Tolerance.Float64.Check(Math.Sqrt(2), measures["gap"].Estimate!.Value, "gap");
        Tolerance.Float64.Check(Math.Sqrt(2), measures["gap-debiased"].Estimate!.Value, "debiased");
        Tolerance.Float64.Check(0, measures["gap-noise-floor"].Estimate!.Value, "noise floor");
        Tolerance.Float64.Check(90, measures["angle-between-centroids"].Estimate!.Value, "angle");
        Tolerance.Float64.Check(1, measures["relative-modality-gap"].Estimate!.Value, "RMG");
        Assert.Null(measures["effect-size"].Estimate);
        Assert.Contains("single point", measures["effect-size"].Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Measures_OfOppositeRows_SayWhatIsMissing()
    {
        Dictionary<string, Measurement> measures = Rows.Measure(Rows.Pair([[1, 0], [-1, 0]], [[1, 0], [-1, 0]]));
        Assert.Contains("points nowhere", measures["angle-between-centroids"].Missing, StringComparison.Ordinal);
        Assert.Equal(0, measures["gap"].Estimate!.Value);
        Dictionary<string, Measurement> equal = Rows.Measure(Rows.Pair([[1, 0, 0], [1, 0, 0]], [[1, 0, 0], [1, 0, 0]]));
        Assert.Contains("coincide", equal["relative-modality-gap"].Missing, StringComparison.Ordinal);
        Assert.Contains("no gap", equal["top-dimension-share/2"].Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void PValue_OfAGapAndOfNone_TellsThemApart()
    {
        Tolerance.Bits.Check(0.001, Rows.Measure(Rows.Cones(60, 16, 71))["gap-p-value"].Estimate!.Value, "a large gap");
        double none = Rows.Measure(Rows.Cones(60, 16, 72, axis: 0))["gap-p-value"].Estimate!.Value;
        Assert.InRange(none, 0.02, 1);
    }

    private static double[] Mean(double[][] rows)
    {
        var mean = new double[rows[0].Length];
        foreach (double[] row in rows)
            for (int k = 0; k < mean.Length; k++)
                mean[k] += row[k] / rows.Length;
        return mean;
    }

    private static double Product(double[] a, double[] b) => a.Zip(b, (u, v) => u * v).Sum();

    private static double Square(double[] a, double[] b) => a.Zip(b, (u, v) => (u - v) * (u - v)).Sum();

    private static double Distance(UnitEmbeddings x, UnitEmbeddings y, bool matched)
    {
        double[,] cosines = SlowCosines.Table(x, y);
        return (matched ? SlowCosines.Diagonal(cosines) : SlowCosines.OffDiagonal(cosines)).Average(cosine => (1 - cosine) / 2);
    }
}
