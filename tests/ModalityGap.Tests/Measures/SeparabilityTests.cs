using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Measures;

public sealed class SeparabilityTests
{
    [Fact]
    public void Discriminant_AgainstEliminationOnTheWholeCovariance_GivesTheSameScores()
    {
        PairedEmbeddings pairs = Rows.Cones(40, 9, 71, axis: 0.4);
        double[][] x = Rows.All(pairs.First), y = Rows.All(pairs.Second);
        (double[] weights, double threshold) = Slow(x, y);
        var fitted = LinearDiscriminant.Fit(
            (i, target) => pairs.First.Row(i).CopyTo(target), (i, target) => pairs.Second.Row(i).CopyTo(target), 40, 9, new WorkContext(2));
        foreach (int i in new[] { 0, 17, 39 })
            Tolerance.Digits(4).Check(
                weights.Zip(x[i], (w, v) => w * v).Sum() - threshold, fitted!.Score(pairs.First.Row(i)), $"score of row {i}");
    }

    [Theory]
    [InlineData(3.0, 1.0, 1.0)]
    [InlineData(0.0, 0.35, 0.65)]
    public void Accuracy_OfConesApartOrNot_IsOneOrChance(double axis, double lowest, double highest)
    {
        double accuracy = Rows.Measure(Rows.Cones(300, 16, 72, axis))["separability-accuracy"].Estimate!.Value;
        Assert.InRange(accuracy, lowest, highest);
    }

    [Fact]
    public void WithoutTheGap_ConesThatDifferInTheirMeansOnly_CannotBeToldApart()
    {
        Dictionary<string, Measurement> measures = Rows.Measure(Rows.Cones(400, 24, 73, axis: 3));
        Assert.True(measures["separability-auc"].Estimate!.Value > 0.99);
        Assert.InRange(measures["separability-auc-without-gap"].Estimate!.Value, 0.3, 0.72);
    }

    [Fact]
    public void Measures_OfTooFewItems_SaySo() =>
        Assert.Contains("at least 10 items", Rows.Measure(Rows.Cones(9, 4, 74))["separability-auc"].Missing, StringComparison.Ordinal);

    [Fact]
    public void Measures_InOneDimension_HaveNoneWithoutTheGap()
    {
        PairedEmbeddings pairs = Rows.Pair(Enumerable.Range(0, 20).Select(i => new double[] { i % 3 == 0 ? -1 : 1 }), Enumerable.Range(0, 20).Select(i => new double[] { i % 2 == 0 ? -1 : 1 }));
        Assert.Contains("none left", Rows.Measure(pairs)["separability-auc-without-gap"].Missing, StringComparison.Ordinal);
    }

    // Everything in float64 by double loops; Gauss-Jordan instead of Cholesky.
    private static (double[] Weights, double Threshold) Slow(double[][] x, double[][] y)
    {
        int d = x[0].Length;
        double[] meanX = Mean(x), meanY = Mean(y);
        double[][] centred = [.. x.Select(row => Rows.Plus(row, meanX, -1)), .. y.Select(row => Rows.Plus(row, meanY, -1))];
        var covariance = new double[d, d];
        foreach (double[] row in centred)
            for (int a = 0; a < d; a++)
                for (int b = 0; b < d; b++)
                    covariance[a, b] += row[a] * row[b] / centred.Length;
        double trace = Enumerable.Range(0, d).Sum(k => covariance[k, k]), beta = 0, delta = 0;
        for (int a = 0; a < d; a++)
            for (int b = 0; b < d; b++)
            {
                delta += Math.Pow(covariance[a, b] - (a == b ? trace / d : 0), 2);
                foreach (double[] row in centred)
                    beta += Math.Pow(row[a] * row[b] - covariance[a, b], 2) / centred.Length / centred.Length;
            }
        double share = Math.Min(beta, delta) / delta;
        var system = new double[d, d + 1];
        for (int a = 0; a < d; a++)
        {
            for (int b = 0; b < d; b++)
                system[a, b] = (1 - share) * covariance[a, b] + (a == b ? share * trace / d : 0);
            system[a, d] = meanX[a] - meanY[a];
        }
        for (int pivot = 0; pivot < d; pivot++)
            for (int row = 0; row < d; row++)
                if (row != pivot)
                {
                    double factor = system[row, pivot] / system[pivot, pivot];
                    for (int k = pivot; k <= d; k++)
                        system[row, k] -= factor * system[pivot, k];
                }
        double[] weights = [.. Enumerable.Range(0, d).Select(k => system[k, d] / system[k, k])];
        return (weights, weights.Zip(Rows.Plus(meanX, meanY), (w, m) => w * m / 2).Sum());
    }

    private static double[] Mean(double[][] rows) =>
        Array.ConvertAll(rows.Aggregate(new double[rows[0].Length], (sum, row) => Rows.Plus(sum, row)), value => value / rows.Length);
}
