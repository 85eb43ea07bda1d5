using ModalityGap.Explanations;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Explanations;

public sealed class SpectrumCurveTests
{
    [Fact]
    public void Of_RowsOnACross_GivesEachAxisItsShare()
    {
        // Variance 1 along the first axis, 1/4 along the second, before and after nothing else: four points each way.
        double[][] x = [.. new[] { 0.8, -0.8 }.SelectMany(a => new[] { 0.4, -0.4 }.Select(b => new[] { a, b, Math.Sqrt(1 - 0.64 - 0.16) }))];
        IReadOnlyList<SpectrumCurve> curves = SpectrumCurve.Of(Rows.Evidence(Rows.Pair(x, x)));
        Assert.Equal(["image", "text"], curves.Select(curve => curve.Modality));
        Assert.All(curves, curve =>
        {
            Assert.Equal(2, curve.Directions);
            Assert.Equal(0.8, curve.Shares[0], 1e-6);
            Assert.Equal(0.2, curve.Shares[1], 1e-6);
        });
    }

    [Fact]
    public void Of_ManyDimensions_SumsToOneFromTheStrongest()
    {
        SpectrumCurve curve = SpectrumCurve.Of(Rows.Evidence(Rows.Cones(120, 40, 3)))[0];
        Assert.Equal(40, curve.Shares.Count);
        Assert.Equal(1, curve.Shares.Sum(), 1e-12);
        Assert.Equal(curve.Shares.OrderDescending(), curve.Shares);
    }

    [Fact]
    public void Of_RowsThatCoincide_HasNoDirections()
    {
        double[][] rows = [.. Enumerable.Repeat(new[] { 1.0, 0 }, 5)];
        Assert.All(SpectrumCurve.Of(Rows.Evidence(Rows.Pair(rows, rows))), curve => Assert.Empty(curve.Shares));
    }
}
