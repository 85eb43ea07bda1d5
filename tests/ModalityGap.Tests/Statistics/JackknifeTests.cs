using ModalityGap.Statistics;

namespace ModalityGap.Tests.Statistics;

public sealed class JackknifeTests
{
    private static readonly double[] Values = [2, 4, 4, 5, 7, 9];

    [Fact]
    public void FromLeaveOneOut_OfAMean_IsTheStandardErrorOfTheMean()
    {
        double[] without = Array.ConvertAll(Values, value => (Values.Sum() - value) / (Values.Length - 1));
        Estimate mean = Jackknife.FromLeaveOneOut(Values.Average(), without);
        Tolerance.Float64.Check(StandardErrorOfTheMean(), HalfWidth(mean), "half a width");
        Tolerance.Float64.Check(Values.Average(), 0.5 * (mean.Low!.Value + mean.High!.Value), "centre");
    }

    [Fact]
    public void FromInfluences_OfAMean_IsTheStandardErrorOfTheMean()
    {
        Tolerance.Float64.Check(StandardErrorOfTheMean(), HalfWidth(Jackknife.FromInfluences(5, Values, "by hand")), "half a width");
        // A constant in all influences changes nothing.
        Tolerance.Float64.Check(
            StandardErrorOfTheMean(), HalfWidth(Jackknife.FromInfluences(5, Array.ConvertAll(Values, value => value + 100), "by hand")), "shifted");
    }

    [Fact]
    public void OfPositive_AnyInfluences_KeepsTheIntervalPositiveAndSymmetricInTheLogarithm()
    {
        Estimate estimate = Jackknife.OfPositive(0.5, Values, "by hand");
        Assert.True(estimate.Low > 0);
        Tolerance.Float64.Check(0.25, estimate.Low!.Value * estimate.High!.Value, "product of both ends");
        Assert.Contains("log scale", estimate.Method, StringComparison.Ordinal);
    }

    [Fact]
    public void FromInfluences_OfTwoUnits_HasNoInterval()
    {
        Assert.Null(Jackknife.FromInfluences(1, [1, 2], "by hand").Low);
        Assert.Null(Jackknife.FromLeaveOneOut(1, [1, 2]).High);
        Assert.Null(Jackknife.OfPositive(1, [1, 2], "by hand").High);
        Assert.Null(Estimate.Normal(1, double.NaN, "by hand", 5).Low);
    }

    [Fact]
    public void Within_ARange_ClampsTheEndsOnly()
    {
        Estimate estimate = Estimate.Normal(0.9, 0.2, "by hand", 5).Within(0, 1);
        Assert.Equal((0.9, 1.0), (estimate.Value, estimate.High!.Value));
        Assert.InRange(estimate.Low!.Value, 0.5, 0.52);
    }

    private static double StandardErrorOfTheMean() =>
        Math.Sqrt(Values.Sum(value => Math.Pow(value - Values.Average(), 2)) / (Values.Length - 1) / Values.Length);

    private static double HalfWidth(Estimate estimate) => (estimate.High!.Value - estimate.Low!.Value) / 2 / Estimate.NormalQuantile;
}
