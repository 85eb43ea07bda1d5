using ModalityGap.Lab.Reproduction.Toys;

namespace ModalityGap.Lab.Tests.Reproduction;

public sealed class SphereLossTests
{
    private const double Degree = Math.PI / 180;

    [Theory]
    [InlineData(0, 100)]
    [InlineData(40, 35)]
    [InlineData(-78, 100)]
    public void At_MovedCircle_IsTheLossOfThePointsThemselves(double degrees, double scale)
    {
        int[] partners = [1, 0, 2, 3, 4, 5];
        (double X, double Y, double Z)[] images = [.. Enumerable.Range(0, 6).Select(k => On(20 * k - 20, 0))],
            texts = [.. Enumerable.Range(0, 6).Select(k => On(20 * k - 20, degrees))];
        double rows = 0, columns = 0;
        for (int i = 0; i < 6; i++)
        {
            rows -= Math.Log(Math.Exp(Logit(i, partners[i])) / Enumerable.Range(0, 6).Sum(j => Math.Exp(Logit(i, j))));
            columns -= Math.Log(Math.Exp(Logit(i, partners[i])) / Enumerable.Range(0, 6).Sum(j => Math.Exp(Logit(j, partners[i]))));
        }
        double loss = SphereLoss.Of(6, 20 * Degree, (0, 1)).At(scale * Math.Cos(degrees * Degree));

        Assert.Equal(rows / 6, loss, 1e-9);
        Assert.Equal(columns / 6, loss, 1e-9);

        double Logit(int i, int j) => scale * (images[i].X * texts[j].X + images[i].Y * texts[j].Y + images[i].Z * texts[j].Z);

        static (double X, double Y, double Z) On(double longitude, double latitude) =>
            (Math.Cos(longitude * Degree) * Math.Cos(latitude * Degree), Math.Sin(longitude * Degree) * Math.Cos(latitude * Degree),
                Math.Sin(latitude * Degree));
    }

    [Fact]
    public void At_Pole_IsTheLogarithmOfTheNumberOfPairs() => Assert.Equal(Math.Log(6), SphereLoss.Of(6, 20 * Degree, (0, 1)).At(0), 1e-12);

    [Fact]
    public void Lowest_NoSwap_IsTheLargestScale() => Assert.Equal(100, SphereLoss.Of(6, 20 * Degree, null).Lowest(100), 1e-9);

    [Fact]
    public void Lowest_Swap_IsOneEffectiveScaleForEveryTemperature()
    {
        SphereLoss loss = SphereLoss.Of(6, 20 * Degree, (0, 1));
        double best = loss.Lowest(100);
        Assert.Equal(best, loss.Lowest(50), 1e-5);
        Assert.True(loss.At(best) < Math.Min(loss.At(best - 0.01), loss.At(best + 0.01)));
    }

    [Fact]
    public void Flow_AnyNumberOfPairs_KeepsTheLaw()
    {
        foreach (int n in (int[])[2, 5, 40])
            Assert.All(
                new ParallelCones(n, 0.7).Flow(0.8, 14, 1000),
                one => Assert.Equal(0.8 * Math.Pow(one.Scale / 14, -1 / (0.7 * n)), one.Gap, 1e-6));
    }

    [Fact]
    public void Points_Simplex_AreParallelAndApart()
    {
        (float[] first, float[] second) = new ParallelCones(4, 1).Points(1);
        Assert.Equal(1, PointMeasures.Gap(first, second, 5), 1e-6);
        Assert.Equal(1, Product(first, first, 0, 0), 1e-6);
        Assert.Equal(0.75 - 0.25, Product(first, second, 2, 2), 1e-6);
        Assert.Equal(-0.75 / 3 - 0.25, Product(first, second, 1, 3), 1e-6);

        static double Product(float[] a, float[] b, int i, int j) => Enumerable.Range(0, 5).Sum(k => (double)a[i * 5 + k] * b[j * 5 + k]);
    }
}
