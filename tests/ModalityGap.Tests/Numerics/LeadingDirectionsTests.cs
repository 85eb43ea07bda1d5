using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Numerics;

public sealed class LeadingDirectionsTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 5)]
    [InlineData(9, 30)]
    [InlineData(24, 10)]
    [InlineData(60, 200)]
    public void Of_ASecondMoment_AgreesWithAFullDecomposition(int d, int n)
    {
        RandomStream random = new(d);
        var moment = new double[d * d];
        for (int i = 0; i < n; i++)
        {
            double[] row = [.. Rows.Gaussian(random, d).Select((value, k) => value * Math.Pow(0.9, k) + (k == 0 ? 2 : 0))];
            for (int a = 0; a < d; a++)
                for (int b = 0; b < d; b++)
                    moment[a * d + b] += row[a] * row[b];
        }
        (double Value, double[] Vector)[] expected = SlowEigen.Of(moment, d), found = LeadingDirections.Of(moment, d, 2);
        Assert.Equal(Math.Min(2, d), found.Length);
        for (int k = 0; k < found.Length; k++)
        {
            new Tolerance(1e-9, 0).Check(expected[k].Value, found[k].Value, $"eigenvalue {k}");
            new Tolerance(0, 1e-6).Check(expected[k].Vector, found[k].Vector, $"eigenvector {k}");
        }
    }

    [Fact]
    public void Of_AMatrixWithEqualEigenvalues_GivesOrthonormalDirections()
    {
        double[] identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        (double Value, double[] Vector)[] found = LeadingDirections.Of(identity, 3, 2);
        Assert.All(found, direction => Tolerance.Float64.Check(1, direction.Value, "eigenvalue"));
        Tolerance.Float64.Check(1, found[0].Vector.Sum(value => value * value), "norm");
        Tolerance.Float64.Check(0, found[0].Vector.Zip(found[1].Vector, (a, b) => a * b).Sum(), "product");
    }

    [Fact]
    public void Of_AMatrixOfRankOne_GivesItsDirection()
    {
        double[] row = Rows.Unit([1, -3, 2, 0.5]);
        double[] moment = [.. row.SelectMany(a => row.Select(b => 7 * a * b))];
        (double Value, double[] Vector)[] found = LeadingDirections.Of(moment, 4, 2);
        Tolerance.Float64.Check(7, found[0].Value, "eigenvalue");
        Tolerance.Float64.Check(0, found[1].Value, "the rest");
        // The sign makes the largest entry positive.
        new Tolerance(0, 1e-9).Check(Array.ConvertAll(row, value => -value), found[0].Vector, "direction");
    }
}
