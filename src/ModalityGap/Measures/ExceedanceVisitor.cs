using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>
/// A second look at all products, once the histogram has said roughly where some quantiles lie: collects the values in the bins that
/// hold them, so that the quantiles become exact, and counts for each row and column how many products reach each level.
/// </summary>
internal sealed class ExceedanceVisitor : ITileVisitor
{
    private readonly float[] levels;
    private readonly int[] slotOfBin;
    private readonly List<float>[] collected;

    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="levels">Cosines to count exceedances of.</param>
    /// <param name="bins">Bins whose values are collected.</param>
    public ExceedanceVisitor(int rows, int columns, IReadOnlyList<float> levels, IReadOnlyCollection<int> bins)
    {
        this.levels = [.. levels];
        RowCounts = [.. levels.Select(_ => new int[rows])];
        ColumnCounts = [.. levels.Select(_ => new int[columns])];
        slotOfBin = new int[CosineBins.Count];
        Array.Fill(slotOfBin, -1);
        collected = new List<float>[bins.Count];
        int slot = 0;
        foreach (int bin in bins)
        {
            collected[slot] = [];
            slotOfBin[bin] = slot++;
        }
    }

    /// <summary>Per level and row, the number of products at or above the level.</summary>
    public int[][] RowCounts { get; }

    /// <summary>Per level and column, the same.</summary>
    public int[][] ColumnCounts { get; }

    /// <summary>The values in a bin that was asked for, ascending.</summary>
    public List<float> ValuesIn(int bin)
    {
        List<float> values = collected[slotOfBin[bin]];
        values.Sort();
        return values;
    }

    public StripVisitor Open(int firstColumn, int count) => new Strip(this, firstColumn, count);

    private sealed unsafe class Strip : StripVisitor
    {
        private readonly ExceedanceVisitor owner;
        private readonly int firstColumn;
        private readonly int columns;
        private readonly int[][] rowCounts;
        private readonly int[][] columnCounts;
        private readonly List<float>[] collected;

        public Strip(ExceedanceVisitor owner, int firstColumn, int columns)
        {
            this.owner = owner;
            this.firstColumn = firstColumn;
            this.columns = columns;
            rowCounts = Array.ConvertAll(owner.levels, _ => new int[TileSweep.TileRows]);
            columnCounts = Array.ConvertAll(owner.levels, _ => new int[Tile.Stride]);
            collected = Array.ConvertAll(owner.collected, _ => new List<float>());
        }

        public override void Visit(in Tile tile)
        {
            for (int k = 0; k < owner.levels.Length; k++)
                Count(tile, owner.levels[k], rowCounts[k], columnCounts[k]);
            if (collected.Length > 0)
                Collect(tile);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Count(in Tile tile, float level, int[] rowCounts, int[] columnCounts)
        {
            var bound = Vector512.Create(level);
            fixed (int* counts = columnCounts)
            {
                for (int r = 0; r < tile.Rows; r++)
                {
                    float* row = tile.Row(r);
                    int from = tile.FirstCounted(r), count = 0;
                    for (int c = from & ~(Lanes.Count - 1); c < tile.Columns; c += Lanes.Count)
                    {
                        Vector512<float> reached = Vector512.GreaterThanOrEqual(Vector512.Load(row + c), bound);
                        if (c < from || c + Lanes.Count > tile.Columns)
                            reached &= Lanes.Between(from - c, tile.Columns - c);
                        count += Lanes.CountTrue(reached);
                        (Vector512.Load(counts + c) - reached.AsInt32()).Store(counts + c);
                    }
                    rowCounts[r] = count;
                }
            }
        }

        private void Collect(in Tile tile)
        {
            int* bins = stackalloc int[Lanes.Count];
            for (int r = 0; r < tile.Rows; r++)
            {
                float* row = tile.Row(r);
                int from = tile.FirstCounted(r);
                for (int c = from & ~(Lanes.Count - 1); c < tile.Columns; c += Lanes.Count)
                {
                    CosineBins.Of(Vector512.Load(row + c)).Store(bins);
                    int last = Math.Min(Lanes.Count, tile.Columns - c);
                    for (int l = Math.Max(0, from - c); l < last; l++)
                    {
                        int slot = owner.slotOfBin[bins[l]];
                        if (slot >= 0)
                            collected[slot].Add(row[c + l]);
                    }
                }
            }
        }

        public override void Fold(in Tile tile)
        {
            for (int k = 0; k < rowCounts.Length; k++)
                for (int r = 0; r < tile.Rows; r++)
                    owner.RowCounts[k][tile.FirstRow + r] += rowCounts[k][r];
        }

        public override void Close()
        {
            for (int k = 0; k < columnCounts.Length; k++)
                Array.Copy(columnCounts[k], 0, owner.ColumnCounts[k], firstColumn, columns);
            for (int slot = 0; slot < collected.Length; slot++)
                owner.collected[slot].AddRange(collected[slot]);
        }
    }
}
