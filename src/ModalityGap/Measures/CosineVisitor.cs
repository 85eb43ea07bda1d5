using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>
/// The distribution of all cosines of a sweep: extremes, squared deviations from a given centre (per row and per column, for the interval
/// of the deviation), and counts in <see cref="CosineBins.Count"/> bins. A symmetric sweep counts each pair once.
/// </summary>
internal sealed class CosineVisitor(int rows, int columns, double centre) : ITileVisitor
{
    /// <summary>Counts per bin.</summary>
    public long[] Bins { get; } = new long[CosineBins.Count];

    /// <summary>Σ_j (s_ij - centre)² for each row i.</summary>
    public double[] RowSquares { get; } = new double[rows];

    /// <summary>Σ_i (s_ij - centre)² for each column j.</summary>
    public double[] ColumnSquares { get; } = new double[columns];

    /// <summary>The smallest cosine.</summary>
    public float Lowest { get; private set; } = float.PositiveInfinity;

    /// <summary>The largest cosine.</summary>
    public float Highest { get; private set; } = float.NegativeInfinity;

    public StripVisitor Open(int firstColumn, int count) => new Strip(this, firstColumn, count);

    private sealed unsafe class Strip(CosineVisitor owner, int firstColumn, int columns) : StripVisitor
    {
        private readonly int[] bins = new int[CosineBins.Count];
        private readonly float[] rowSquares = new float[TileSweep.TileRows];
        private readonly double[] columnSquares = new double[Tile.Stride];
        private readonly float[] tileColumnSquares = new float[Tile.Stride];
        private Vector512<float> lowest = Vector512.Create(float.PositiveInfinity);
        private Vector512<float> highest = Vector512.Create(float.NegativeInfinity);

        public override void Visit(in Tile tile)
        {
            Array.Clear(tileColumnSquares);
            var centre = Vector512.Create((float)owner.Centre);
            fixed (int* counts = bins)
            fixed (float* columnSums = tileColumnSquares)
            {
                for (int r = 0; r < tile.Rows; r++)
                    rowSquares[r] = VisitRow(tile.Row(r), tile.FirstCounted(r), tile.Columns, centre, counts, columnSums);
            }
            for (int c = 0; c < tile.Columns; c++)
                columnSquares[c] += tileColumnSquares[c];
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private float VisitRow(float* row, int from, int to, Vector512<float> centre, int* counts, float* columnSums)
        {
            Vector512<float> squares = default, low = lowest, high = highest;
            int* lanes = stackalloc int[Lanes.Count];
            for (int c = from & ~(Lanes.Count - 1); c < to; c += Lanes.Count)
            {
                Vector512<float> s = Vector512.Load(row + c);
                Vector512<float> deviation = s - centre;
                CosineBins.Of(s).Store(lanes);
                if (c >= from && c + Lanes.Count <= to)
                {
                    low = Vector512.MinNative(low, s);
                    high = Vector512.MaxNative(high, s);
                    for (int l = 0; l < Lanes.Count; l++)
                        counts[lanes[l]]++;
                }
                else
                {
                    int first = Math.Max(from - c, 0), last = Math.Min(to - c, Lanes.Count);
                    Vector512<float> counted = Lanes.Between(first, last);
                    deviation &= counted;
                    low = Vector512.MinNative(low, Vector512.ConditionalSelect(counted, s, low));
                    high = Vector512.MaxNative(high, Vector512.ConditionalSelect(counted, s, high));
                    for (int l = first; l < last; l++)
                        counts[lanes[l]]++;
                }
                squares = Vector512.FusedMultiplyAdd(deviation, deviation, squares);
                Vector512.FusedMultiplyAdd(deviation, deviation, Vector512.Load(columnSums + c)).Store(columnSums + c);
            }
            lowest = low;
            highest = high;
            return Lanes.Sum(squares);
        }

        public override void Fold(in Tile tile)
        {
            for (int r = 0; r < tile.Rows; r++)
                owner.RowSquares[tile.FirstRow + r] += rowSquares[r];
        }

        public override void Close()
        {
            for (int b = 0; b < bins.Length; b++)
                owner.Bins[b] += bins[b];
            for (int c = 0; c < columns; c++)
                owner.ColumnSquares[firstColumn + c] = columnSquares[c];
            owner.Lowest = MathF.Min(owner.Lowest, -Lanes.Max(-lowest));
            owner.Highest = MathF.Max(owner.Highest, Lanes.Max(highest));
        }
    }

    private double Centre => centre;
}
