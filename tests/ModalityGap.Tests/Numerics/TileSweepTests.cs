using ModalityGap.Numerics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Numerics;

public sealed class TileSweepTests
{
    public static TheoryData<int, int, int> Shapes { get; } = new()
    {
        { 1, 1, 1 },
        { 2, 3, 7 },
        { 84, 256, 16 },
        { 85, 257, 17 },
        { 83, 255, 31 },
        { 169, 530, 5 },
        { 300, 40, 130 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_OnEveryPath_GivesEveryProductOnce(int rows, int columns, int dimensions)
    {
        RowMatrix x = Matrix(rows, dimensions, 1), y = Matrix(columns, dimensions, 2);
        foreach (RegisterTile register in RegisterTile.Supported())
        {
            var visitor = new CopyVisitor(rows, columns);
            TileSweep.Run(x, y, symmetric: false, new WorkContext(2), register, visitor);
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++)
                {
                    Assert.Equal(1, visitor.Seen[i, j]);
                    new Tolerance(0, 1e-5).Check(SlowCosines.Of(x.Row(i), y.Row(j)), visitor.Values[i, j], $"{register.Name}: {i}, {j}");
                }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_OnFusedPaths_AgreesToTheBit(int rows, int columns, int dimensions)
    {
        RowMatrix x = Matrix(rows, dimensions, 3), y = Matrix(columns, dimensions, 4);
        foreach (RegisterTile register in RegisterTile.Supported().Where(path => path is not RegisterTilePortable))
        {
            var visitor = new CopyVisitor(rows, columns);
            TileSweep.Run(x, y, symmetric: false, new WorkContext(1), register, visitor);
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++)
                {
                    float expected = SlowCosines.InFloat32(x.Row(i), y.Row(j));
                    Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(visitor.Values[i, j]));
                    Assert.Equal(expected, Dot.AsInTile(x.Row(i), y.Row(j)));
                }
        }
    }

    [Fact]
    public void Supported_OnAnyProcessor_HoldsTheBestAndThePortablePath()
    {
        Assert.Contains(RegisterTile.Supported(), path => path is RegisterTilePortable);
        Assert.Equal(RegisterTile.Best.Name, RegisterTile.Supported().First().Name);
        Assert.All(RegisterTile.Supported(), path => Assert.Equal((0, 0), (TileSweep.TileRows % path.Rows, TileSweep.TileColumns % path.Columns)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(85)]
    [InlineData(257)]
    [InlineData(600)]
    public void RunSymmetric_OfAnyNumberOfRows_SeesEachPairOnce(int rows)
    {
        RowMatrix x = Matrix(rows, 9, 5);
        foreach (int threads in new[] { 1, 3 })
        {
            var visitor = new CopyVisitor(rows, rows);
            TileSweep.RunSymmetric(x, new WorkContext(threads), visitor);
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < rows; j++)
                    Assert.Equal(i < j ? 1 : 0, visitor.Seen[i, j]);
        }
    }

    [Fact]
    public void Run_WithAVisitorThatFails_ThrowsWhatItThrew()
    {
        foreach (int threads in new[] { 1, 2, 5 })
        {
            InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() =>
                TileSweep.Run(Matrix(200, 4, 6), Matrix(900, 4, 7), new WorkContext(threads), new FailingVisitor()));
            Assert.Equal("as asked", thrown.Message);
        }
    }

    [Fact]
    public void Run_OfDifferentDimensions_IsRefused() =>
        Assert.Throws<ArgumentException>(() => TileSweep.Run(Matrix(3, 4, 8), Matrix(3, 5, 9), new WorkContext(1), new CopyVisitor(3, 3)));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ForEachRow_OfSeveralSets_ShowsEveryScore(int threads)
    {
        RowMatrix x = Matrix(170, 11, 10), first = Matrix(260, 11, 11), second = Matrix(30, 11, 12);
        var seen = new bool[x.Rows];
        RowScores.ForEachRow(x, [first, second], new WorkContext(threads), (i, scores) =>
        {
            seen[i] = true;
            Assert.Equal((260, 30), (scores[0].Length, scores[1].Length));
            Assert.Equal(Dot.AsInTile(x.Row(i), first.Row(259)), scores[0][259]);
            Assert.Equal(Dot.AsInTile(x.Row(i), second.Row(i % 30)), scores[1][i % 30]);
        });
        Assert.DoesNotContain(false, seen);
    }

    private static RowMatrix Matrix(int rows, int dimensions, long seed)
    {
        RowMatrix longer = Rows.Matrix(Rows.Cones(rows, Math.Max(dimensions, 2), seed).First);
        return dimensions > 1 ? longer : new RowMatrix([.. Enumerable.Range(0, rows).Select(i => i % 3 == 0 ? -1f : 1f)], rows, 1);
    }

    private sealed class FailingVisitor : ITileVisitor
    {
        public StripVisitor Open(int firstColumn, int columns) => new Strip(firstColumn);

        private sealed class Strip(int firstColumn) : StripVisitor
        {
            public override void Visit(in Tile tile)
            {
                if (firstColumn > 0 && tile.FirstRow > 0)
                    throw new InvalidOperationException("as asked");
            }
        }
    }
}
