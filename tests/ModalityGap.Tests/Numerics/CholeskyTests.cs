using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Numerics;

public sealed class CholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(37)]
    public void Solve_OfAGramMatrix_LeavesNoResidual(int d)
    {
        RandomStream random = new(d);
        double[][] factors = [.. Enumerable.Range(0, 2 * d).Select(_ => Rows.Gaussian(random, d))];
        var matrix = new double[d * d];
        foreach (double[] factor in factors)
            for (int a = 0; a < d; a++)
                for (int b = 0; b < d; b++)
                    matrix[a * d + b] += factor[a] * factor[b];
        double[] right = Rows.Gaussian(random, d);
        double[] solution = Cholesky.Solve([.. matrix], right)!;
        for (int a = 0; a < d; a++)
            Tolerance.Digits(9).Check(right[a], Enumerable.Range(0, d).Sum(b => matrix[a * d + b] * solution[b]), $"row {a} of {d}");
    }

    [Fact]
    public void Solve_OfAnIndefiniteOrSingularMatrix_GivesNothing()
    {
        Assert.Null(Cholesky.Solve([1, 2, 2, 1], [1, 1]));
        Assert.Null(Cholesky.Solve([0, 0, 0, 0], [1, 1]));
        Assert.Null(Cholesky.Solve([double.NaN], [1]));
    }
}
