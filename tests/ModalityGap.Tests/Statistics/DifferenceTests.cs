using ModalityGap.Statistics;

namespace ModalityGap.Tests.Statistics;

public sealed class DifferenceTests
{
    private static readonly Estimate Wide = new(1, 0.8, 1.2, 0.95, "by hand", 10);

    private static readonly Estimate Lopsided = new(0.5, 0.2, 0.6, 0.95, "by hand", 12);

    [Fact]
    public void Unpaired_TakesTheFacingHalvesOfBothIntervals()
    {
        Estimate difference = Difference.Unpaired(Wide, Lopsided);

        Assert.Equal(0.5, difference.Value);
        Tolerance.Float64.Check(0.5 - Math.Sqrt(0.04 + 0.01), difference.Low!.Value, "low: 0.2 of the one, 0.1 of the other");
        Tolerance.Float64.Check(0.5 + Math.Sqrt(0.04 + 0.09), difference.High!.Value, "high: 0.2 of the one, 0.3 of the other");
        Assert.Equal(10, difference.Count);
    }

    [Fact]
    public void Paired_OfTheSameUnitsMovingTogether_IsNarrower()
    {
        Estimate together = Difference.Paired(Wide, Lopsided, [1, 2, 3], [10, 20, 30]), apart = Difference.Paired(Wide, Lopsided, [1, 2, 3], [30, 20, 10]);

        Tolerance.Float64.Check(0.4, together.Low!.Value, "low, 0.2 - 0.1 below");
        Tolerance.Float64.Check(0.6, together.High!.Value, "high, 0.3 - 0.2 above");
        Tolerance.Float64.Check(0.2, apart.Low!.Value, "low, 0.2 + 0.1 below");
    }

    [Fact]
    public void Paired_OfMeans_IsTheJackknifeOfTheMeanDifference()
    {
        RandomStream random = new(3);
        double[] x = [.. Enumerable.Range(0, 40).Select(_ => random.NextNearlyNormal())];
        double[] y = Array.ConvertAll(x, value => 0.7 * value + 0.4 * random.NextNearlyNormal());
        double[] difference = [.. x.Zip(y, (a, b) => a - b)];

        Estimate paired = Difference.Paired(Mean(x), Mean(y), x, y), direct = Mean(difference);

        Tolerance.Float64.Check(direct.Low!.Value, paired.Low!.Value, "low");
        Tolerance.Float64.Check(direct.High!.Value, paired.High!.Value, "high");
    }

    [Fact]
    public void Of_ANumberWithoutAnInterval_HasNoneAndSaysSo()
    {
        Estimate difference = Difference.Unpaired(Wide, Estimate.Exact(0.25, "a count", 4));

        Assert.Equal(0.75, difference.Value);
        Assert.Null(difference.Low);
        Assert.Contains("no interval", difference.Method, StringComparison.Ordinal);
    }

    [Fact]
    public void Correlation_OfWhatDoesNotVary_IsZero()
    {
        Assert.Equal(0, Difference.Correlation([1, 1, 1], [1, 2, 3]));
        Assert.Equal(-1, Difference.Correlation([1, 2, 3], [3, 2, 1]), 12);
    }

    private static Estimate Mean(double[] values) =>
        Jackknife.FromInfluences(values.Average(), values, "mean");
}
