using System.Runtime.Intrinsics;
using ModalityGap.Numerics;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Numerics;

/// <summary>The Neon tile's own code, its one instruction imitated lane by lane, against every path of this processor.</summary>
public sealed unsafe class RegisterTileNeonTests
{
    private static readonly RegisterTile Imitated = new RegisterTileNeon<ImitatedLanes>();

    public static TheoryData<int, int, int> Shapes { get; } = new()
    {
        { 1, 1, 1 },
        { 12, 8, 1 },
        { 13, 9, 2 },
        { 11, 7, 3 },
        { 84, 256, 16 },
        { 85, 257, 17 },
        { 83, 255, 31 },
        { 169, 530, 5 },
        { 30, 40, 513 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_OfAnyShape_AgreesToTheBitWithEveryFusedPath(int rows, int columns, int dimensions)
    {
        RowMatrix x = Matrix(rows, dimensions, 31), y = Matrix(columns, dimensions, 32);
        float[,] neon = Products(x, y, Imitated);
        RegisterTile[] fused = [.. RegisterTile.Supported().Where(path => path is not RegisterTilePortable)];
        foreach (RegisterTile path in fused)
            Assert.Equal(Bits(Products(x, y, path)), Bits(neon));
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                Assert.Equal(BitConverter.SingleToInt32Bits(SlowCosines.InFloat32(x.Row(i), y.Row(j))), BitConverter.SingleToInt32Bits(neon[i, j]));
    }

    [Fact]
    public void Run_OfHugeTinyAndOppositeProducts_AgreesToTheBit()
    {
        var random = new Random(7);
        float[] values = [.. Enumerable.Range(0, 60 * 40).Select(_ => MathF.ScaleB(random.NextSingle() - 0.5f, random.Next(-70, 60)))];
        var x = new RowMatrix(values, 60, 40);
        Assert.Equal(
            [.. from i in Enumerable.Range(0, 60) from j in Enumerable.Range(0, 60) select BitConverter.SingleToInt32Bits(SlowCosines.InFloat32(x.Row(i), x.Row(j)))],
            Bits(Products(x, x, Imitated)));
    }

    [Fact]
    public void Multiply_WithAStride_WritesItsBlockAlone()
    {
        const int Stride = 11;
        float* left = stackalloc float[12], right = stackalloc float[8], result = stackalloc float[12 * Stride];
        for (int i = 0; i < 12; i++)
            left[i] = i + 1;
        for (int j = 0; j < 8; j++)
            right[j] = 100 * (j + 1);
        new Span<float>(result, 12 * Stride).Fill(-1);
        Imitated.Multiply(left, right, 1, result, Stride);
        for (int i = 0; i < 12; i++)
            for (int j = 0; j < Stride; j++)
                Assert.Equal(j < 8 ? 100 * (i + 1) * (j + 1) : -1, result[(i * Stride) + j]);
    }

    [Fact]
    public void Tile_IsMadeOfWholeNeonTiles() =>
        Assert.Equal((0, 0), (TileSweep.TileRows % Imitated.Rows, TileSweep.TileColumns % Imitated.Columns));

    private static float[,] Products(RowMatrix x, RowMatrix y, RegisterTile path)
    {
        var visitor = new CopyVisitor(x.Rows, y.Rows);
        TileSweep.Run(x, y, symmetric: false, new WorkContext(2), path, visitor);
        return visitor.Values;
    }

    private static int[] Bits(float[,] values) => [.. values.Cast<float>().Select(BitConverter.SingleToInt32Bits)];

    private static RowMatrix Matrix(int rows, int dimensions, int seed)
    {
        var random = new Random(seed);
        return new RowMatrix([.. Enumerable.Range(0, rows * dimensions).Select(_ => random.NextSingle() - 0.5f)], rows, dimensions);
    }

    /// <summary>FMLA by element as its manual has it: every lane rounded once, the lane of x taken for all.</summary>
    private readonly struct ImitatedLanes : INeonLanes
    {
        public static Vector128<float> AddProduct0(Vector128<float> sum, Vector128<float> y, Vector128<float> x) => AddProduct(sum, y, x[0]);

        public static Vector128<float> AddProduct1(Vector128<float> sum, Vector128<float> y, Vector128<float> x) => AddProduct(sum, y, x[1]);

        public static Vector128<float> AddProduct2(Vector128<float> sum, Vector128<float> y, Vector128<float> x) => AddProduct(sum, y, x[2]);

        public static Vector128<float> AddProduct3(Vector128<float> sum, Vector128<float> y, Vector128<float> x) => AddProduct(sum, y, x[3]);

        private static Vector128<float> AddProduct(Vector128<float> sum, Vector128<float> y, float x) => Vector128.Create(
            MathF.FusedMultiplyAdd(y[0], x, sum[0]),
            MathF.FusedMultiplyAdd(y[1], x, sum[1]),
            MathF.FusedMultiplyAdd(y[2], x, sum[2]),
            MathF.FusedMultiplyAdd(y[3], x, sum[3]));
    }
}
