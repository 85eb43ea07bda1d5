using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ModalityGap.Numerics;

namespace ModalityGap.Projections;

/// <summary>
/// For each row and each of k chosen others, how many rows are nearer to it than the chosen one: products X·Xᵀ above a threshold, the row
/// itself left out. Products so close to the threshold that float32 cannot tell are compared again in float64.
/// </summary>
internal sealed class NeighbourRankVisitor : ITileVisitor
{
    private readonly RowMatrix rows;
    private readonly int k;
    private readonly double[] thresholds;
    private readonly float uncertainty;

    /// <param name="rows">Unit rows, n x d.</param>
    /// <param name="chosen">For each row its k chosen others, n x k.</param>
    /// <param name="k">k.</param>
    public NeighbourRankVisitor(RowMatrix rows, int[] chosen, int k)
    {
        this.rows = rows;
        this.k = k;
        uncertainty = Dot.Uncertainty(rows.Dimensions);
        thresholds = new double[chosen.Length];
        for (int at = 0; at < chosen.Length; at++)
            thresholds[at] = Dot.Float64(rows.Row(at / k), rows.Row(chosen[at]));
        Nearer = new long[chosen.Length];
    }

    /// <summary>n x k: how many rows are nearer.</summary>
    public long[] Nearer { get; }

    public StripVisitor Open(int firstColumn, int columns) => new Strip(this);

    private int IsNearer(int i, int j, int at) => j != i && Dot.Float64(rows.Row(i), rows.Row(j)) > thresholds[at] ? 1 : 0;

    private sealed unsafe class Strip(NeighbourRankVisitor owner) : StripVisitor
    {
        private readonly int[] counts = new int[TileSweep.TileRows * owner.k];

        public override void Visit(in Tile tile)
        {
            Array.Clear(counts);
            for (int r = 0; r < tile.Rows; r++)
                VisitRow(tile.Row(r), tile.FirstRow + r, tile.FirstColumn, tile.Columns, counts.AsSpan(r * owner.k, owner.k));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void VisitRow(float* row, int i, int firstColumn, int columns, Span<int> nearer)
        {
            ReadOnlySpan<double> thresholds = owner.thresholds.AsSpan(i * owner.k, owner.k);
            var uncertain = Vector512.Create(owner.uncertainty);
            double lowest = double.PositiveInfinity;
            foreach (double threshold in thresholds)
                lowest = Math.Min(lowest, threshold);
            Vector512<float> relevant = Vector512.Create((float)lowest) - uncertain;
            for (int c = 0; c < columns; c += Lanes.Count)
            {
                Vector512<float> s = Vector512.Load(row + c);
                int self = i - firstColumn - c;
                if (c + Lanes.Count > columns)
                    s = Vector512.ConditionalSelect(Lanes.Between(0, columns - c), s, Vector512.Create(float.NegativeInfinity));
                if (self is >= 0 and < Lanes.Count)
                    s = Vector512.ConditionalSelect(Lanes.Between(self, self + 1), Vector512.Create(float.NegativeInfinity), s);
                if (!Vector512.GreaterThanOrEqualAny(s, relevant))
                    continue;
                for (int p = 0; p < thresholds.Length; p++)
                {
                    Vector512<float> threshold = Vector512.Create((float)thresholds[p]), above = Vector512.GreaterThan(s, threshold + uncertain);
                    nearer[p] += Lanes.CountTrue(above);
                    ulong doubt = Vector512.AndNot(Vector512.GreaterThanOrEqual(s, threshold - uncertain), above).ExtractMostSignificantBits();
                    for (; doubt != 0; doubt &= doubt - 1)
                        nearer[p] += owner.IsNearer(i, firstColumn + c + BitOperations.TrailingZeroCount(doubt), i * owner.k + p);
                }
            }
        }

        public override void Fold(in Tile tile)
        {
            long first = (long)tile.FirstRow * owner.k;
            for (int at = 0; at < tile.Rows * owner.k; at++)
                owner.Nearer[first + at] += counts[at];
        }
    }
}
