using ModalityGap.Statistics;

namespace ModalityGap.Tests.Statistics;

/// <summary>Golden values from SciPy 1.10: chi2.sf(x, k), binomtest(min(b, c), b + c).pvalue, spearmanr.</summary>
public sealed class ShareTestsTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0.5, 1, 0.4795001221869535)]
    [InlineData(3.841458820694124, 1, 0.05)]
    [InlineData(21.534313971288917, 1, 3.475538153729663e-06)]
    [InlineData(4, 2, 0.1353352832366127)]
    public void UpperTail_AgainstSciPy_Agrees(double statistic, int degrees, double expected) =>
        Tolerance.Digits(12).Check(expected, ChiSquared.UpperTail(statistic, degrees), $"{statistic} of {degrees}");

    [Fact]
    public void UpperTail_OfTwoDegrees_IsTheExponential()
    {
        foreach (double x in (double[])[0.1, 1, 3.9, 4.1, 30, 600])
            Assert.True(Math.Abs(ChiSquared.UpperTail(x, 2) / Math.Exp(-x / 2) - 1) < 1e-12, $"at {x}");
        Assert.Throws<ArgumentOutOfRangeException>(() => ChiSquared.UpperTail(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChiSquared.UpperTail(1, 0));
    }

    /// <summary>
    /// What the paper's Table 5 prints follows from its accuracies with as many images as training and test set have together, as of two
    /// independent samples; with the 10,000 test images, or with a correction for continuity, it does not.
    /// </summary>
    [Theory]
    [InlineData(0.9026, 0.9104, 60_000, 3.476e-06)]
    [InlineData(0.6705, 0.6776, 60_000, 8.701e-03)]
    [InlineData(0.5494, 0.5686, 27_000, 7.020e-06)]
    public void TwoShares_OfThePapersTable5_GiveItsPValues(double before, double after, double images, double printed)
    {
        double p = ChiSquared.UpperTail(ProportionTest.Statistic(before * images, images, after * images, images), 1);

        Assert.Equal(printed, p, 0.0006 * printed);
        Assert.NotEqual(printed, ChiSquared.UpperTail(ProportionTest.Statistic(before * 10_000, 10_000, after * 10_000, 10_000), 1), 0.1 * printed);
    }

    [Fact]
    public void TwoShares_FromCounts_AreThoseOfTheTable()
    {
        Estimate p = ProportionTest.Run(54_156, 60_000, 54_624, 60_000);

        Tolerance.Digits(12).Check(3.475538153729663e-06, p.Value, "p");
        Assert.Equal(120_000, p.Count);
        Assert.Equal(1, ProportionTest.Run(10, 10, 5, 5).Value);
        Assert.Equal(1, ProportionTest.Run(0, 10, 0, 5).Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionTest.Run(11, 10, 0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionTest.Run(0, 0, 0, 5));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(5, 0, 0.0625)]
    [InlineData(10, 3, 0.09228515625)]
    [InlineData(3, 10, 0.09228515625)]
    [InlineData(102, 180, 3.965612584259875e-06)]
    [InlineData(1000, 1100, 0.030720707864242486)]
    public void McNemar_AgainstSciPy_Agrees(int lost, int gained, double expected) =>
        Tolerance.Digits(11).Check(expected, McNemarTest.Run(lost, gained).Value, $"{lost} against {gained}");

    [Fact]
    public void McNemar_OfHits_CountsOnlyWhatChanged()
    {
        Estimate p = McNemarTest.Run([1, 1, 1, 1, 1, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 1]);

        Assert.Equal((0.0625, 5), (p.Value, p.Count));
        Assert.Throws<ArgumentException>(() => McNemarTest.Run([1.0], [1.0, 0]));
    }

    [Fact]
    public void Spearman_WithEqualValues_SharesRanks()
    {
        Assert.Equal([1, 2.5, 2.5, 4], RankAgreement.Ranks([-1, 3, 3, 8]));
        Estimate rho = RankCorrelation.Spearman([1, 2, 2, 4, 5, 6], [2, 1, 4, 3, 3, 9])!;
        Tolerance.Digits(12).Check(0.6470588235294118, rho.Value, "ρ");
        Assert.True(rho.Low < rho.Value && rho.Value < rho.High && rho.High < 1);
        Assert.Equal(-1, RankCorrelation.Spearman([1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1])!.Value);
        Assert.Null(RankCorrelation.Spearman([1, 1, 1], [1, 2, 3]));
    }
}
