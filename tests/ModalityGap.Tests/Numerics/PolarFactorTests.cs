using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Numerics;

/// <summary>Inverses, and the orthogonal matrix that is nearest to a matrix.</summary>
public sealed class PolarFactorTests
{
    private static readonly WorkContext Work = new(2);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(129)]
    [InlineData(300)]
    public void Inverse_TimesTheMatrix_IsTheIdentity(int d)
    {
        double[] matrix = Values(d * d, d);
        double[] inverse = MatrixInverse.Of(matrix, d, Work)!;
        new Tolerance(1e-9, 1e-9).Check(Identity(d), MatrixProduct.Of(matrix, inverse, d, Work), "A A⁻¹");
        Assert.Equal(inverse, MatrixInverse.Of(matrix, d, new WorkContext(1)));
    }

    [Fact]
    public void Inverse_OfASingularMatrix_IsNone()
    {
        Assert.Null(MatrixInverse.Of([1, 2, 2, 4], 2, Work));
        Assert.Null(MatrixInverse.Of([double.NaN], 1, Work));
        // The pivot is not on the diagonal.
        Tolerance.Float64.Check([0, 0.5, 1, 0], MatrixInverse.Of([0, 1, 2, 0], 2, Work)!, "inverse");
    }

    [Fact]
    public void PolarFactor_OfATurnAndAStretch_IsTheTurn()
    {
        double[] turn = [0.6, -0.8, 0.8, 0.6];
        double[] stretched = MatrixProduct.Of(turn, [3, 1, 1, 2], 2, Work);
        new Tolerance(1e-8, 1e-8).Check(turn, PolarFactor.Of(stretched, 2, Work), "turn");
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(30, 30)]
    [InlineData(30, 29)]
    [InlineData(30, 12)]
    [InlineData(30, 1)]
    [InlineData(150, 140)]
    public void PolarFactor_OfAnyRank_IsOrthogonalAndReachesTheSumOfSingularValues(int d, int rank)
    {
        double[] matrix = MatrixProduct.Of(Values(d * rank, 1), Values(rank * d, 2), rank, Work);
        double[] polar = PolarFactor.Of(matrix, d, Work);
        new Tolerance(1e-12, 1e-12).Check(Identity(d), MatrixProduct.WithTransposed(polar, polar, d, Work), "W Wᵀ");
        double[] squares = SymmetricEigen.Values(MatrixProduct.WithTransposed(matrix, matrix, d, Work), d, Work);
        double nuclear = squares.Take(rank).Sum(Math.Sqrt), reached = polar.Zip(matrix, (a, b) => a * b).Sum();
        new Tolerance(1e-8, 1e-8).Check(nuclear, reached, "tr WᵀM");
    }

    [Fact]
    public void PolarFactor_WhereTheMatrixSaysNothing_IsTheIdentity()
    {
        Tolerance.Float64.Check(Identity(4), PolarFactor.Of(new double[16], 4, Work), "of zero");
        double[] matrix = new double[16];
        // Only the first two axes are turned: the others stay.
        (matrix[1], matrix[4]) = (-2, 2);
        double[] expected = Identity(4);
        (expected[0], expected[1], expected[4], expected[5]) = (0, -1, 1, 0);
        new Tolerance(1e-8, 1e-8).Check(expected, PolarFactor.Of(matrix, 4, Work), "of two axes");
        // e1 e2ᵀ: the identity and the matrix have nothing in common.
        double[] polar = PolarFactor.Of([0, 1, 0, 0], 2, Work);
        new Tolerance(1e-6, 1e-6).Check([0, 1, -1, 0], polar, "of one product");
    }

    [Fact]
    public void PolarFactor_OfAnIllConditionedMatrix_IsOrthogonal()
    {
        double[] values = [.. Enumerable.Range(0, 20).Select(k => Math.Pow(10, -k / 2.0))];
        double[] left = PolarFactor.Of(Values(400, 3), 20, Work), right = PolarFactor.Of(Values(400, 4), 20, Work);
        double[] scaled = [.. left.Select((value, i) => value * values[i % 20])];
        double[] polar = PolarFactor.Of(MatrixProduct.Of(scaled, right, 20, Work), 20, Work);
        new Tolerance(1e-12, 1e-12).Check(Identity(20), MatrixProduct.WithTransposed(polar, polar, 20, Work), "W Wᵀ");
        // W v_k = u_k, where the identity's weight of 2^-30 is small beside the singular value.
        double[] images = MatrixProduct.WithTransposed(polar, right, 20, Work);
        for (int k = 0; k < 12; k++)
            for (int i = 0; i < 20; i++)
                Assert.Equal(left[i * 20 + k], images[i * 20 + k], 1e-2);
    }

    private static double[] Identity(int d) => [.. Enumerable.Range(0, d * d).Select(k => k / d == k % d ? 1.0 : 0)];

    private static double[] Values(int count, long seed)
    {
        RandomStream random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNearlyNormal())];
    }
}
