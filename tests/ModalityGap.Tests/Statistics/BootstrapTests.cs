using ModalityGap.Statistics;

namespace ModalityGap.Tests.Statistics;

public sealed class BootstrapTests
{
    [Fact]
    public void Means_OfManyNormalValues_HaveTheWidthOfTheory()
    {
        RandomStream random = new(1);
        double[] values = [.. Enumerable.Range(0, 400).Select(_ => 3 + 2 * random.NextNearlyNormal())];
        Estimate mean = Bootstrap.Means([values], random.Fork("resamples"))[0];
        double deviation = Math.Sqrt(values.Average(value => (value - mean.Value) * (value - mean.Value)));
        Tolerance.Float64.Check(values.Average(), mean.Value, "mean");
        new Tolerance(0.1, 0).Check(2 * 1.96 * deviation / 20, mean.High!.Value - mean.Low!.Value, "width");
        Assert.Equal((0.95, 400L), (mean.Level, mean.Count));
    }

    [Fact]
    public void Means_OfSeveralColumns_ShareTheirResamples()
    {
        RandomStream random = new(2);
        double[] before = [.. Enumerable.Range(0, 50).Select(_ => random.NextUniform())];
        double[] after = Array.ConvertAll(before, value => value + 1);
        double[] difference = [.. after.Zip(before, (a, b) => a - b)];
        IReadOnlyList<Estimate> means = Bootstrap.Means([before, after, difference], random.Fork("resamples"));
        Tolerance.Float64.Check(1, means[2].Low!.Value, "low");
        Tolerance.Float64.Check(1, means[2].High!.Value, "high");
        Tolerance.Float64.Check(means[0].Low!.Value + 1, means[1].Low!.Value, "low of the second");
        Assert.True(means[0].High - means[0].Low > 0.05);
    }

    [Fact]
    public void Means_OverManySamples_CoverTheTruth()
    {
        RandomStream random = new(3);
        int covered = 0;
        for (int set = 0; set < 200; set++)
        {
            double[] values = [.. Enumerable.Range(0, 60).Select(_ => random.NextUniform() < 0.3 ? 1.0 : 0)];
            Estimate mean = Bootstrap.Means([values], random.Fork("set", set))[0];
            covered += mean.Low <= 0.3 && 0.3 <= mean.High ? 1 : 0;
        }
        Assert.InRange(covered, 178, 199);
    }

    [Theory]
    [InlineData(new[] { 5.0, 1, 3 }, 3)]
    [InlineData(new[] { 4.0, 1, 3, 2 }, 2.5)]
    [InlineData(new[] { 7.0, 7 }, 7)]
    [InlineData(new[] { 1.0, 100 }, 50.5)]
    public void Median_OfOddAndEvenNumbers_IsTheMiddle(double[] values, double expected)
    {
        Estimate median = Bootstrap.Median(values, new RandomStream(4));
        Assert.Equal(expected, median.Value);
        Assert.InRange(median.Low!.Value, values.Min(), expected);
        Assert.InRange(median.High!.Value, expected, values.Max());
    }

    [Fact]
    public void Median_AgainstResamplingByHand_HasTheSameSpread()
    {
        RandomStream random = new(5);
        double[] values = [.. Enumerable.Range(0, 81).Select(_ => random.NextNearlyNormal())];
        Estimate median = Bootstrap.Median(values, random.Fork("resamples"));
        double[] byHand = [.. Enumerable.Range(0, 4000).Select(_ =>
            Enumerable.Range(0, 81).Select(_ => values[random.NextIndex(81)]).Order().ElementAt(40)).Order()];
        new Tolerance(0, 0.08).Check(byHand[100], median.Low!.Value, "low");
        new Tolerance(0, 0.08).Check(byHand[3900], median.High!.Value, "high");
    }

    [Fact]
    public void Percentiles_OfKnownReplicates_AreTheirQuantiles()
    {
        Estimate estimate = Bootstrap.Percentiles(50, [.. Enumerable.Range(0, 1001).Select(k => (double)(1000 - k))], 9, "by hand");
        Assert.Equal((25.0, 975.0), (Math.Round(estimate.Low!.Value, 9), Math.Round(estimate.High!.Value, 9)));
        Assert.Null(Bootstrap.Percentiles(50, [1, 2, 3], 1, "by hand").Low);
    }
}
