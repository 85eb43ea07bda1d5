using ModalityGap.Lab.Reproduction.Toys;

namespace ModalityGap.Lab.Tests.Reproduction;

public sealed class SphericalCapTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9763)]
    [InlineData(1.5)]
    [InlineData(2.5)]
    public void Share_FewDimensions_IsTheElementaryFormula(double angle)
    {
        Assert.Equal(angle / Math.PI, SphericalCap.Share(2, angle), 1e-12);
        Assert.Equal((1 - Math.Cos(angle)) / 2, SphericalCap.Share(3, angle), 1e-12);
        Assert.Equal((angle - Math.Sin(angle) * Math.Cos(angle)) / Math.PI, SphericalCap.Share(4, angle), 1e-12);
    }

    [Fact]
    public void Share_TheConeOfThePaper_IsNotWhatIsPrinted()
    {
        double half = Math.Acos(0.56) / 2;
        // Printed as 15.53 %: the digit is cut, not rounded.
        Assert.Equal(0.1554, SphericalCap.Share(2, half), 4);
        Assert.Equal(0.0584, SphericalCap.Share(3, half), 4);
        // log₂ of sin^511 alone is -558 and -139; what stands before it takes another 5.
        Assert.Equal(-563.77, SphericalCap.LogTwoShare(512, half), 0.01);
        Assert.Equal(-143.70, SphericalCap.LogTwoShare(512, 2 * half), 0.01);
    }

    [Fact]
    public void LogTwoShare_ManyDimensions_IsTheIntegralOfPowersOfTheSine()
    {
        const int steps = 200_000;
        double angle = 0.8, top = 0;
        for (int k = 0; k < steps; k++)
            top += Math.Pow(Math.Sin((k + 0.5) * angle / steps) / Math.Sin(angle), 510) * angle / steps;
        double whole = 0;
        for (int k = 0; k < steps; k++)
            whole += Math.Pow(Math.Sin((k + 0.5) * Math.PI / steps), 510) * Math.PI / steps;

        Assert.Equal(Math.Log2(top / whole) + 510 * Math.Log2(Math.Sin(angle)), SphericalCap.LogTwoShare(512, angle), 1e-4);
    }

    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(2, 4.30265)]
    [InlineData(9, 2.26216)]
    [InlineData(100, 1.98397)]
    public void Quantile_Degrees_IsThatOfTheTables(int degrees, double t) => Assert.Equal(t, StudentInterval.Quantile(degrees), 1e-4);

    [Fact]
    public void Mean_ThreeRuns_HasThePapersInterval()
    {
        Statistics.Estimate mean = StudentInterval.Mean([1.3149, 1.2988, 1.2836], "runs");
        Assert.Equal(1.2991, mean.Value, 4);
        Assert.Equal(0.0389, mean.High!.Value - mean.Value, 4);
    }
}
