using ModalityGap.Lab.Native;
using ModalityGap.Lab.Training;
using ModalityGap.Statistics;
using TorchSharp;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Tests.Training;

/// <summary>Every loss against loops over pairs in float64, its gradient against finite differences, and what can be said by hand.</summary>
public sealed class LossKindTests
{
    private const int Rows = 6, Dimensions = 4;

    private const double Bias = -1.5;

    public static TheoryData<LossKind, double> All =>
        [.. from kind in Enum.GetValues<LossKind>() from temperature in (double[])[0.05, 0.5] select (kind, temperature)];

    public static TheoryData<LossKind> Kinds => [.. Enum.GetValues<LossKind>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Of_AgainstLoopsOverPairs_Agrees(LossKind kind, double temperature)
    {
        double[][] x = Draw(1), y = Draw(2);

        Assert.Equal(Twin(kind, Unit(x), Unit(y), 1 / temperature), Value(kind, x, y, temperature), 1e-10);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Of_Gradient_IsThatOfFiniteDifferences(LossKind kind, double temperature)
    {
        const double step = 1e-5;
        double[][] x = Draw(1), y = Draw(2);
        double[] gradient = Gradient(kind, x, y, temperature);
        for (int side = 0; side < 2; side++)
            for (int i = 0; i < Rows; i++)
                for (int k = 0; k < Dimensions; k++)
                {
                    double Moved(double by)
                    {
                        double[][] a = [.. x.Select(row => row.ToArray())], b = [.. y.Select(row => row.ToArray())];
                        (side == 0 ? a : b)[i][k] += by;
                        return Value(kind, a, b, temperature);
                    }
                    double slope = (Moved(step) - Moved(-step)) / (2 * step);
                    Assert.Equal(slope, gradient[(side * Rows + i) * Dimensions + k], 1e-6 * Math.Max(1, Math.Abs(slope)));
                }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Of_GradientOfScaleAndBias_IsThatOfFiniteDifferences(LossKind kind, double temperature)
    {
        LibTorch.Load();
        const double step = 1e-5;
        double[][] x = Draw(1), y = Draw(2);
        double Loss(double scale, double bias)
        {
            using DisposeScope scope = NewDisposeScope();
            return ContrastiveLoss.Of(kind, Of(x), Of(y), tensor(scale), tensor(bias)).item<double>();
        }
        using DisposeScope outer = NewDisposeScope();
        Tensor s = tensor(1 / temperature, requires_grad: true), b = tensor(Bias, requires_grad: true);
        Tensor first = Of(x).requires_grad_();
        ContrastiveLoss.Of(kind, first, Of(y), s, b).backward();

        Assert.Equal((Loss(1 / temperature + step, Bias) - Loss(1 / temperature - step, Bias)) / (2 * step), Slope(s), 1e-6);
        Assert.Equal((Loss(1 / temperature, Bias + step) - Loss(1 / temperature, Bias - step)) / (2 * step), Slope(b), 1e-6);

        static double Slope(Tensor leaf) => leaf.grad is { } gradient ? gradient.item<double>() : 0;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_LongerRowsAndTurnedSpace_ChangeNothing(LossKind kind)
    {
        double[][] x = Draw(1), y = Draw(2);
        double before = Value(kind, x, y, 0.1);

        Assert.Equal(before, Value(kind, [.. x.Select(row => row.Select(value => 3 * value).ToArray())], y, 0.1), 1e-10);
        // A turn by a right angle in the plane of the first two coordinates, of both sides.
        Assert.Equal(before, Value(kind, [.. x.Select(Turned)], [.. y.Select(Turned)], 0.1), 1e-10);
        Assert.Equal(before, Value(kind, y, x, 0.1), 1e-10);

        static double[] Turned(double[] row) => [-row[1], row[0], .. row[2..]];
    }

    [Fact]
    public void Of_TwoOrthogonalPairsOnEachOther_IsWhatOneDraws()
    {
        double[][] points = [[1, 0, 0, 0], [0, 1, 0, 0]];
        double one = Math.Log(1 + Math.Exp(-10));
        Assert.Equal(one, Value(LossKind.Symmetric, points, points, 0.1), 1e-12);
        // Four rows: its partner at cosine 1, two rows at 0.
        Assert.Equal(Math.Log(1 + 2 * Math.Exp(-10)), Value(LossKind.Dual, points, points, 0.1), 1e-12);
        // The only distance has the square 2.
        Assert.Equal(-4, Value(LossKind.Uniform, points, points, 0.1), 1e-12);
        Assert.Equal(one - 4, Value(LossKind.UniformAligned, points, points, 0.1), 1e-12);
        Assert.Equal(one - 8, Value(LossKind.CrossUniformAligned, points, points, 0.1), 1e-12);
        Assert.Equal(Math.Log(1 + Math.Exp(-10 - Bias)) + Math.Log(1 + Math.Exp(Bias)), Value(LossKind.Sigmoid, points, points, 0.1), 1e-12);
    }

    [Fact]
    public void Of_EasyOnly_LeavesOutRowsThatFindAnother()
    {
        double[][] x = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]], swapped = [x[0], x[2], x[1]];
        // The first row alone finds its partner, at cosine 1 against 0 and 0.
        Assert.Equal(Math.Log(1 + 2 * Math.Exp(-5)), Value(LossKind.EasyOnly, x, swapped, 0.2), 1e-12);
        Assert.True(Value(LossKind.Symmetric, x, swapped, 0.2) > 3);
        // None finds it: no loss, and no gradient.
        double[][] cycled = [x[1], x[2], x[0]];
        Assert.Equal(0, Value(LossKind.EasyOnly, x, cycled, 0.2));
        Assert.All(Gradient(LossKind.EasyOnly, x, cycled, 0.2), value => Assert.Equal(0, value));
    }

    private static double Value(LossKind kind, double[][] x, double[][] y, double temperature)
    {
        LibTorch.Load();
        using DisposeScope scope = NewDisposeScope();
        return ContrastiveLoss.Of(kind, Of(x), Of(y), tensor(1 / temperature), tensor(Bias)).item<double>();
    }

    private static double[] Gradient(LossKind kind, double[][] x, double[][] y, double temperature)
    {
        LibTorch.Load();
        using DisposeScope scope = NewDisposeScope();
        Tensor first = Of(x).requires_grad_(), second = Of(y).requires_grad_();
        ContrastiveLoss.Of(kind, first, second, tensor(1 / temperature), tensor(Bias)).backward();
        return [.. first.grad!.data<double>().ToArray(), .. second.grad!.data<double>().ToArray()];
    }

    private static double Twin(LossKind kind, double[][] x, double[][] y, double scale) => kind switch
    {
        LossKind.Symmetric => (Mean(Terms(x, y, scale)) + Mean(Terms(y, x, scale))) / 2,
        LossKind.Sigmoid => Pairs().Sum(p => Math.Log(1 + Math.Exp((p.I == p.J ? -1 : 1) * (scale * Dot(x[p.I], y[p.J]) + Bias)))) / x.Length,
        LossKind.Uniform => (Uniformity(x, x) + Uniformity(y, y)) / 2,
        LossKind.Dual => Dual(x, y, scale),
        LossKind.EasyOnly => (Mean(Easy(x, y, scale)) + Mean(Easy(y, x, scale))) / 2,
        LossKind.UniformAligned => Twin(LossKind.Symmetric, x, y, scale) + Twin(LossKind.Uniform, x, y, scale) + Mean(Squares(x, y)),
        _ => Twin(LossKind.UniformAligned, x, y, scale) + Uniformity(x, y),
    };

    private static double[] Terms(double[][] queries, double[][] documents, double scale) =>
        [.. queries.Select((query, i) => Math.Log(documents.Sum(document => Math.Exp(scale * (Dot(query, document) - Dot(query, documents[i]))))))];

    private static double[] Easy(double[][] queries, double[][] documents, double scale) =>
    [
        .. Terms(queries, documents, scale).Where((_, i) =>
            Enumerable.Range(0, documents.Length).All(j => Dot(queries[i], documents[j]) <= Dot(queries[i], documents[i]))),
    ];

    private static double Dual(double[][] x, double[][] y, double scale)
    {
        double[][] all = [.. x, .. y];
        double sum = 0;
        for (int i = 0; i < all.Length; i++)
        {
            int partner = (i + x.Length) % all.Length;
            sum += Math.Log(Enumerable.Range(0, all.Length).Where(j => j != i).Sum(j => Math.Exp(scale * (Dot(all[i], all[j]) - Dot(all[i], all[partner])))));
        }
        return sum / all.Length;
    }

    private static double Uniformity(double[][] a, double[][] b) => Math.Log(Mean(
        [.. Pairs().Where(p => p.I != p.J).Select(p => Math.Exp(-2 * a[p.I].Zip(b[p.J], (u, v) => (u - v) * (u - v)).Sum()))]));

    private static double[] Squares(double[][] x, double[][] y) => [.. x.Zip(y, (a, b) => a.Zip(b, (u, v) => (u - v) * (u - v)).Sum())];

    private static IEnumerable<(int I, int J)> Pairs() => from i in Enumerable.Range(0, Rows) from j in Enumerable.Range(0, Rows) select (i, j);

    private static double Mean(double[] values) => values.Length == 0 ? 0 : values.Average();

    private static double[][] Unit(double[][] rows) => [.. rows.Select(row => row.Select(value => value / Math.Sqrt(Dot(row, row))).ToArray())];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (u, v) => u * v).Sum();

    private static Tensor Of(double[][] rows) => tensor([.. rows.SelectMany(row => row)], [rows.Length, rows[0].Length]);

    // The second side leans towards the first, so that some rows find their partner and some do not.
    private static double[][] Draw(long side)
    {
        var shared = new RandomStream(3);
        var own = new RandomStream(side);
        return [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, Dimensions).Select(_ => shared.NextNearlyNormal()
            + 0.9 * own.NextNearlyNormal()).ToArray())];
    }
}
