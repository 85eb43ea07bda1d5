using ModalityGap.Lab.Native;
using ModalityGap.Lab.Training;
using ModalityGap.Statistics;
using TorchSharp;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Tests.Training;

public sealed class ContrastiveLossTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.07)]
    [InlineData(1)]
    public void Symmetric_AgainstADoubleLoop_Agrees(double temperature)
    {
        double[][] x = Rows(1, 7), y = Rows(2, 7);

        Assert.Equal((OneWay(x, y, temperature) + OneWay(y, x, temperature)) / 2, Loss(x, y, temperature), 2e-5 / temperature);
    }

    [Fact]
    public void Symmetric_BothHalves_AreTakenFromTheirOwnDirection()
    {
        // Two texts alike: images find theirs only in half of the cases, texts always find their image.
        double[][] x = [[1, 0, 0], [0, 1, 0]], y = [[1, 0, 0.1], [1, 0.1, 0]];
        Assert.NotEqual(OneWay(x, y, 0.1), OneWay(y, x, 0.1), 1e-3);
        Assert.Equal((OneWay(x, y, 0.1) + OneWay(y, x, 0.1)) / 2, Loss(x, y, 0.1), 1e-5);
        Assert.Equal(Loss(x, y, 0.1), Loss(y, x, 0.1), 1e-6);
    }

    [Fact]
    public void Symmetric_MatchedAndApart_IsNearZeroAndFlatIsLogN()
    {
        double[][] apart = [[1, 0, 0], [0, 1, 0], [0, 0, 1]], same = [[1, 1, 1], [1, 1, 1], [1, 1, 1]];
        Assert.Equal(0, Loss(apart, apart, 0.05), 1e-6);
        Assert.Equal(Math.Log(3), Loss(same, same, 0.05), 1e-6);
    }

    private static double Loss(double[][] x, double[][] y, double temperature)
    {
        LibTorch.Load();
        using DisposeScope scope = NewDisposeScope();
        return ContrastiveLoss.Symmetric(Of(x), Of(y), tensor((float)(1 / temperature))).item<float>();
    }

    private static Tensor Of(double[][] rows) => tensor([.. rows.SelectMany(row => row.Select(value => (float)value))], [rows.Length, rows[0].Length]);

    private static double OneWay(double[][] queries, double[][] documents, double temperature)
    {
        double sum = 0;
        for (int i = 0; i < queries.Length; i++)
            sum += Math.Log(documents.Sum(document => Math.Exp((Cosine(queries[i], document) - Cosine(queries[i], documents[i])) / temperature)));
        return sum / queries.Length;
    }

    private static double Cosine(double[] a, double[] b) => Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b));

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[][] Rows(long seed, int count)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (double[])[.. Enumerable.Range(0, 5).Select(_ => (double)(float)random.NextNearlyNormal())])];
    }
}
