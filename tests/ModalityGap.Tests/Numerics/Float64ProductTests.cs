using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Numerics;

public sealed class Float64ProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 2)]
    [InlineData(256, 4, 16)]
    [InlineData(257, 33, 47)]
    [InlineData(600, 19, 64)]
    public void Run_OfAnyShape_AgreesWithTheDoubleLoop(int n, int m, int p)
    {
        double[][] left = Draw(n, m, 1), right = Draw(n, p, 2);
        double[] found = Float64Product.Run(n, m, p, (k, row) => left[k].CopyTo(row), (k, row) => right[k].CopyTo(row), WorkContext.Default);
        for (int i = 0; i < m; i++)
            for (int j = 0; j < p; j++)
                Tolerance.Float64.Check(Enumerable.Range(0, n).Sum(k => left[k][i] * right[k][j]), found[i * p + j], $"entry {i}, {j}");
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(300, 37)]
    [InlineData(513, 64)]
    public void Symmetric_OfRows_AgreesWithTheFullProductToTheBit(int n, int d)
    {
        double[][] rows = Draw(n, d, 3);
        double[] found = Float64Product.Symmetric(n, d, (k, row) => rows[k].CopyTo(row), new WorkContext(3));
        double[] full = Float64Product.Run(n, d, d, (k, row) => rows[k].CopyTo(row), (k, row) => rows[k].CopyTo(row), new WorkContext(1));
        Tolerance.Bits.Check(full, found, "second moment");
    }

    private static double[][] Draw(int n, int d, int seed)
    {
        RandomStream random = new(seed);
        return [.. Enumerable.Range(0, n).Select(_ => Rows.Gaussian(random, d))];
    }
}
