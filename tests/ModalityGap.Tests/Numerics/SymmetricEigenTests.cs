using FsCheck;
using FsCheck.Fluent;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Numerics;

public sealed class SymmetricEigenTests
{
    // Rounding errors of an orthogonal reduction stay below a few dozen units of the largest eigenvalue.
    private const double Rounding = 1e-13;

    public static TheoryData<string> Kinds { get; } =
        ["random", "indefinite", "equal", "diagonal", "rank one", "rank deficient", "zero", "wilkinson", "clustered", "graded", "two blocks"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decompose_OfAnyKind_SolvesAndIsOrthonormal(string kind)
    {
        foreach (int d in new[] { 1, 2, 3, 7, 8, 9, 31, 64, 130 })
            AssertDecomposed(Matrix(kind, d), d, $"{kind}, {d}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Values_OfAnyKind_AgreeWithJacobi(string kind)
    {
        foreach (int d in new[] { 1, 2, 5, 21 })
        {
            double[] matrix = Matrix(kind, d), expected = [.. SlowEigen.Of(matrix, d).Select(pair => pair.Value)];
            double largest = Largest(matrix);
            new Tolerance(0, 1e-11 * largest).Check(expected, SymmetricEigen.Values(matrix, d, WorkContext.Default), $"{kind}, {d}");
        }
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e-300)]
    [InlineData(1e200)]
    [InlineData(1e300)]
    public void Decompose_OfAHugeOrSmallMatrix_ScalesWithIt(double scale)
    {
        double[] matrix = Matrix("random", 20), scaled = Array.ConvertAll(matrix, value => value * scale);
        double[] expected = SymmetricEigen.Values(matrix, 20, WorkContext.Default);
        EigenPairs found = SymmetricEigen.Decompose(scaled, 20, WorkContext.Default);
        new Tolerance(1e-11, 1e-13).Check(expected, Array.ConvertAll(found.Values, value => value / scale), "values");
        new Tolerance(0, 1e-10).Check(SymmetricEigen.Decompose(matrix, 20, WorkContext.Default).Vectors, found.Vectors, "vectors");
    }

    [Fact]
    public void Values_OfWilkinsonsMatrix_AreKnown()
    {
        // W21+: its two largest eigenvalues agree to fifteen digits.
        double[] values = SymmetricEigen.Values(Matrix("wilkinson", 21), 21, WorkContext.Default);
        new Tolerance(1e-14, 0).Check(10.746194182903393, values[0], "largest");
        new Tolerance(1e-14, 0).Check(10.746194182903322, values[1], "next");
        new Tolerance(0, 1e-14).Check(-1.1254415221199845, values[^1], "smallest");
    }

    [Fact]
    public void Values_OfTheSecondDifference_AreKnown()
    {
        const int d = 200;
        var matrix = new double[d * d];
        for (int i = 0; i < d; i++)
        {
            matrix[i * d + i] = 2;
            if (i + 1 < d)
                matrix[i * d + i + 1] = matrix[(i + 1) * d + i] = -1;
        }
        double[] expected = [.. Enumerable.Range(1, d).Select(k => 2 - 2 * Math.Cos(k * Math.PI / (d + 1))).OrderDescending()];
        new Tolerance(0, Rounding * 4).Check(expected, SymmetricEigen.Values(matrix, d, WorkContext.Default), "2 - 2 cos");
    }

    [Fact]
    public void Decompose_WithAnyNumberOfThreads_GivesTheSameBits()
    {
        double[] matrix = Matrix("random", 150);
        EigenPairs one = SymmetricEigen.Decompose(matrix, 150, new WorkContext(1)), many = SymmetricEigen.Decompose(matrix, 150, new WorkContext(5));
        Tolerance.Bits.Check(one.Vectors, many.Vectors, "vectors");
        Tolerance.Bits.Check(one.Values, many.Values, "values");
        Tolerance.Bits.Check(one.Values, SymmetricEigen.Values(matrix, 150, WorkContext.Default), "values alone");
    }

    [Fact]
    public void Decompose_EveryVector_HasAPositiveLargestEntry()
    {
        EigenPairs found = SymmetricEigen.Decompose(Matrix("indefinite", 40), 40, WorkContext.Default);
        for (int k = 0; k < 40; k++)
            Assert.True(found.Vector(k).ToArray().MaxBy(Math.Abs) > 0, $"vector {k}");
    }

    [Fact]
    public void Values_OfSomethingThatIsNoNumber_SaySo()
    {
        double[] matrix = [1, double.NaN, double.NaN, 1];
        Assert.Throws<ArithmeticException>(() => SymmetricEigen.Values(matrix, 2, WorkContext.Default));
    }

    [Fact]
    public void Decompose_OnceCancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var work = new WorkContext(1, null, source.Token);
        Assert.Throws<OperationCanceledException>(() => SymmetricEigen.Decompose(Matrix("random", 9), 9, work));
        Assert.Throws<OperationCanceledException>(() => SymmetricEigen.Values(Matrix("random", 9), 9, work));
    }

    [Fact]
    public void Values_OfAnySymmetricMatrix_KeepTraceSquaresAndShifts() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>().Filter(size => size.Get <= 40), ArbMap.Default.ArbFor<int>(), (size, seed) =>
        {
            int d = size.Get;
            RandomStream random = new(seed);
            var matrix = new double[d * d];
            for (int i = 0; i < d; i++)
                for (int j = 0; j <= i; j++)
                    matrix[i * d + j] = matrix[j * d + i] = random.NextNearlyNormal();
            double[] values = SymmetricEigen.Values(matrix, d, WorkContext.Default);
            double[] shifted = [.. matrix.Select((value, k) => k / d == k % d ? value + 3 : value)];
            double trace = Enumerable.Range(0, d).Sum(k => matrix[k * d + k]);
            return Math.Abs(values.Sum() - trace) < 1e-11
                && Math.Abs(values.Sum(value => value * value) - matrix.Sum(value => value * value)) < 1e-9
                && SymmetricEigen.Values(shifted, d, WorkContext.Default).Zip(values).All(pair => Math.Abs(pair.First - pair.Second - 3) < 1e-11);
        }));

    private static void AssertDecomposed(double[] matrix, int d, string what)
    {
        EigenPairs found = SymmetricEigen.Decompose(matrix, d, WorkContext.Default);
        double largest = Math.Max(Largest(matrix), double.Epsilon);
        for (int k = 0; k < d; k++)
        {
            double[] vector = found.Vector(k).ToArray();
            for (int i = 0; i < d; i++)
            {
                double image = Enumerable.Range(0, d).Sum(j => matrix[i * d + j] * vector[j]);
                new Tolerance(0, Rounding * largest * d).Check(found.Values[k] * vector[i], image, $"{what}: Av of vector {k}");
            }
            for (int l = 0; l <= k; l++)
            {
                double product = found.Vector(l).ToArray().Zip(vector, (a, b) => a * b).Sum();
                new Tolerance(0, Rounding).Check(k == l ? 1 : 0, product, $"{what}: product of vectors {l} and {k}");
            }
            Assert.True(k == 0 || found.Values[k] <= found.Values[k - 1], $"{what}: order");
        }
    }

    private static double Largest(double[] matrix) => matrix.Max(Math.Abs);

    private static double[] Matrix(string kind, int d)
    {
        RandomStream random = new(d);
        double[][] rows = [.. Enumerable.Range(0, kind == "rank deficient" ? (d + 1) / 2 : 2 * d).Select(_ => Rows.Gaussian(random, d))];
        double Moment(int i, int j) => rows.Sum(row => row[i] * row[j]);
        Func<int, int, double> entry = kind switch
        {
            "random" or "rank deficient" => Moment,
            "indefinite" => (i, j) => rows[Math.Min(i, j)][Math.Max(i, j)],
            "equal" => (i, j) => i == j ? 3 : 0,
            "diagonal" => (i, j) => i == j ? (i * 7 + 3) % 11 - 4 : 0,
            "rank one" => (i, j) => rows[0][i] * rows[0][j],
            "zero" => (_, _) => 0,
            "wilkinson" => (i, j) => i == j ? Math.Abs(i - (d - 1) / 2.0) : Math.Abs(i - j) == 1 ? 1 : 0,
            "clustered" => (i, j) => (i == j ? 1 : 0) + 1e-12 * Moment(i, j),
            "graded" => (i, j) => Moment(i, j) * Math.Pow(10, -(i + j) * 8.0 / d),
            "two blocks" => (i, j) => i < d / 2 == j < d / 2 ? Moment(i, j) : 0,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        var matrix = new double[d * d];
        for (int i = 0; i < d; i++)
            for (int j = 0; j <= i; j++)
                matrix[i * d + j] = matrix[j * d + i] = entry(i, j);
        return matrix;
    }
}
