using System.Globalization;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

public sealed class ClipLossTests
{
    private static readonly double[] ManyTemperatures = [0.001, 0.0037, 0.01, 0.02, 0.07, 0.1, 1, 10, 100];

    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Loss_AgainstDefinition_AgreesInBothDirections(string sample) => AssertLosses(PairSamples.Of(sample), sample, ManyTemperatures);

    [Fact]
    public void Loss_OfNearlyCollapsedRows_Agrees() => AssertLosses(PairSamples.Collapsed(100, 64), "collapsed", [0.01, 0.1, 1]);

    [Fact]
    public void Loss_WhereCompetitorsStandFarAboveTheDiagonal_IsRight()
    {
        // Every partner lies opposite, every other row is the same: 2/τ + log(n - 1), 2000 at τ = 0.001.
        PairedEmbeddings pairs = Rows.Pair(Enumerable.Range(0, 70).Select(i => Sign(i, 70, 1)), Enumerable.Range(0, 70).Select(i => Sign(i, 70, -1)));
        AssertLosses(pairs, "opposite partners", [0.0001, 0.001, 0.01, 0.1, 1]);

        static double[] Sign(int i, int n, int sign) => [i == n / 2 ? sign : 1, 0.001 * i / n];
    }

    [Fact]
    public void Loss_WhereOnePartnerIsLostAtSmallTemperature_ReachesItsFullSize()
    {
        // Rows at ten angles, and one item whose text points the other way: its loss alone is 2/τ.
        double[][] images = [.. Enumerable.Range(0, 10).Select(i => new[] { Math.Cos(0.6 * i), Math.Sin(0.6 * i) })];
        double[][] texts = [.. images.Select((row, i) => i == 4 ? [-row[0], -row[1]] : row)];
        AssertLosses(Rows.Pair(images, texts), "one lost partner", [0.0002, 0.001, 0.005, 0.01]);
    }

    [Fact]
    public void Loss_WhereTheDiagonalStandsFarAbove_IsNearlyNothing()
    {
        double[][] rows = [.. Enumerable.Range(0, 50).Select(i => Enumerable.Range(0, 50).Select(k => k == i ? 1.0 : 0).ToArray())];
        PairedEmbeddings pairs = Rows.Pair(rows, rows);
        AssertLosses(pairs, "orthogonal partners", [0.001, 0.01, 0.1, 1]);
        // At τ = 0.1 the loss is log(1 + 49 e^-10): small, but with all its digits.
        double loss = Losses(pairs, [0.1])["clip-loss/0.1"];
        new Tolerance(1e-5, 0).Check(Math.Log(1 + 49 * Math.Exp(-10)), loss, "log(1 + 49 e^-10)");
    }

    [Fact]
    public void Loss_OfIdenticalRows_IsTheLogarithmOfTheirNumber()
    {
        double[][] rows = [.. Enumerable.Range(0, 130).Select(_ => new[] { 0.3, -0.7, 0.2, 0.1 })];
        AssertLosses(Rows.Pair(rows, rows), "identical rows", [0.001, 0.01, 1]);
        foreach ((string key, double loss) in Losses(Rows.Pair(rows, rows), [0.01, 1]))
            Tolerance.Digits(5).Check(Math.Log(130), loss, key);
    }

    [Fact]
    public void Loss_OfAntipodalModalities_IsTheLogarithmOfTheirNumber()
    {
        double[][] rows = [.. Enumerable.Range(0, 90).Select(_ => new[] { 0.5, 0.5, -0.5, 0.5 })];
        PairedEmbeddings pairs = Rows.Pair(rows, rows.Select(row => Array.ConvertAll(row, value => -value)));
        foreach ((string key, double loss) in Losses(pairs, [0.001, 0.01, 1]))
            Tolerance.Digits(5).Check(Math.Log(90), loss, key);
    }

    [Fact]
    public void Interval_OfTheLoss_HoldsTheLossAndShrinksWithMorePairs()
    {
        double few = Width(60), many = Width(960);
        Assert.InRange(few / many, 2, 8);

        static double Width(int n)
        {
            var estimate = Rows.Measure(Rows.Cones(n, 16, 21))["clip-loss/0.1"].Estimate!;
            Assert.True(estimate.Low < estimate.Value && estimate.Value < estimate.High);
            return estimate.High!.Value - estimate.Low!.Value;
        }
    }

    private static void AssertLosses(PairedEmbeddings pairs, string sample, double[] temperatures)
    {
        double[,] cosines = SlowCosines.Table(pairs.First, pairs.Second);
        Dictionary<string, double> losses = Losses(pairs, temperatures);
        foreach (double temperature in temperatures)
        {
            // A cosine's own rounding in float32, here up to 1e-7, counts 1/τ times.
            Tolerance tolerance = temperature >= 0.01 ? Tolerance.Digits(5) : new Tolerance(1e-5, 1e-7 / temperature);
            string key = temperature.ToString(CultureInfo.InvariantCulture);
            double forth = SlowLoss.OverRows(cosines, temperature), back = SlowLoss.OverColumns(cosines, temperature);
            tolerance.Check(forth, losses[$"clip-loss/image-to-text/{key}"], $"{sample}: image to text, {key}");
            tolerance.Check(back, losses[$"clip-loss/text-to-image/{key}"], $"{sample}: text to image, {key}");
            tolerance.Check(0.5 * (forth + back), losses[$"clip-loss/{key}"], $"{sample}: mean, {key}");
        }
    }

    private static Dictionary<string, double> Losses(PairedEmbeddings pairs, double[] temperatures) =>
        new ClipLoss().Compute(Rows.Evidence(pairs, temperatures)).ToDictionary(loss => loss.Key, loss => loss.Estimate!.Value);
}
