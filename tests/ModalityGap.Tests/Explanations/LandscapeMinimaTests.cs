using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Explanations;

/// <summary>Where each curve is lowest, against a dense scan of the float64 landscape.</summary>
public sealed class LandscapeMinimaTests
{
    private const double Step = 0.002;

    private readonly Dictionary<double, SlowLandscape.Point> points = [];

    [Theory]
    [InlineData(70, 16, 91, 1.5, 2.0)]
    [InlineData(55, 24, 92, 0.6, 1.0)]
    [InlineData(40, 8, 93, 1.0, 3.0)]
    public void Minima_AgainstADenseScan_LieWithinAHundredth(int n, int d, long seed, double axis, double shared)
    {
        PairedEmbeddings pairs = Rows.Cones(n, d, seed, axis, shared);
        LandscapeResult landscape = Landscape.Compute(Rows.Evidence(pairs));
        var slow = new SlowLandscape(pairs);
        foreach (LandscapeFamily family in landscape.Families)
        {
            points.Clear();
            Assert.Equal(24, family.Minima.Count);
            // Every 0.002 around the lowest of every 0.05: the curves are smooth on that scale.
            foreach (LandscapeMinimum minimum in family.Minima)
                AssertMinimum(slow, family, minimum);
        }
    }

    [Fact]
    public void Minimum_AtTheEdgeOfTheShifts_SaysSo()
    {
        // Partners on opposite sides: pushing both to the far pole is best, further than was tried.
        double[][] x = [.. Enumerable.Range(0, 12).Select(i => new[] { Math.Cos(i), Math.Sin(i), 0.1 })];
        double[][] y = [.. Enumerable.Range(0, 12).Select(i => new[] { -Math.Cos(i), -Math.Sin(i), -0.1 })];
        LandscapeResult landscape = Landscape.Compute(Rows.Evidence(Rows.Pair(x, y)));
        LandscapeMinimum[] atEdge = [.. landscape.Families.SelectMany(family => family.Minima).Where(minimum => minimum.Distance.Value is -5 or 4.75)];
        Assert.NotEmpty(atEdge);
        Assert.All(atEdge, minimum => Assert.Null(minimum.Distance.Low));
        Assert.All(atEdge, minimum => Assert.Contains("edge", minimum.Distance.Method, StringComparison.Ordinal));
        Assert.All(atEdge, minimum => Assert.False(minimum.DefaultGapIsMinimum));
    }

    [Fact]
    public void Interval_OfAMinimum_HoldsItAndDecidesTheClaim()
    {
        foreach (LandscapeMinimum minimum in Landscape.Compute(Rows.Evidence(Rows.Cones(150, 16, 94))).Families.SelectMany(family => family.Minima))
        {
            if (minimum.Distance.Low is null)
                continue;
            Assert.InRange(minimum.Distance.Value, minimum.Distance.Low.Value, minimum.Distance.High!.Value);
            Assert.Equal(minimum.Distance.Low <= 0 && 0 <= minimum.Distance.High, minimum.DefaultGapIsMinimum);
            Assert.True(minimum.Loss <= minimum.LossUnshifted + 1e-9);
        }
    }

    private void AssertMinimum(SlowLandscape slow, LandscapeFamily family, LandscapeMinimum minimum)
    {
        string what = $"{family.Convention}, {minimum.Temperature}, {minimum.Batch}, {minimum.Curve}";
        double coarse = Lowest(Enumerable.Range(0, 196).Select(k => Math.Round(-5 + 0.05 * k, 6)));
        double dense = Lowest(Enumerable.Range(-30, 61).Select(k => Math.Round(coarse + k * Step, 6)).Where(delta => delta <= 4.75 && delta >= -5));
        new Tolerance(0, 0.01).Check(dense, minimum.Distance.Value, what);
        SlowLandscape.Point there = slow.At(family.Convention, minimum.Distance.Value);
        Tolerance.Digits(4).Check(Loss(there), minimum.Loss, $"{what}: loss");
        Tolerance.Float64.Check(there.SignedDistance, minimum.SignedDistance, $"{what}: distance");

        double Lowest(IEnumerable<double> deltas) => deltas.MinBy(delta => Loss(At(delta)));

        SlowLandscape.Point At(double delta) =>
            points.TryGetValue(delta, out SlowLandscape.Point? point) ? point : points[delta] = slow.At(family.Convention, delta);

        double Loss(SlowLandscape.Point point) => minimum.Curve switch
        {
            "first-to-second" => Forth(point),
            "second-to-first" => Back(point),
            _ => 0.5 * (Forth(point) + Back(point)),
        };

        double Forth(SlowLandscape.Point point) =>
            minimum.Batch == "full" ? point.FirstToSecond(minimum.Temperature) : point.BatchedFirstToSecond(minimum.Temperature);

        double Back(SlowLandscape.Point point) =>
            minimum.Batch == "full" ? point.SecondToFirst(minimum.Temperature) : point.BatchedSecondToFirst(minimum.Temperature);
    }
}
