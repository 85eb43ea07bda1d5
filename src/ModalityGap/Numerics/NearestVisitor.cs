using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModalityGap.Numerics;

/// <summary>
/// The k largest products of each row, and on request of each column, with their indices; equal products by ascending index. Holds k
/// candidates a row; most tiles are dismissed by one comparison with the k-th best so far.
/// </summary>
internal sealed class NearestVisitor : ITileVisitor
{
    private readonly bool withColumns;
    private readonly int columnCount;
    private readonly Func<int, int, bool>? leavesOut;

    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="k">How many to keep.</param>
    /// <param name="withColumns">Whether columns get a list too.</param>
    /// <param name="leavesOut">Says of a row and a column whether their product enters no list; default none.</param>
    public NearestVisitor(int rows, int columns, int k, bool withColumns, Func<int, int, bool>? leavesOut = null)
    {
        this.withColumns = withColumns;
        this.leavesOut = leavesOut;
        columnCount = columns;
        Rows = new TopLists(rows, k);
        Columns = new TopLists(withColumns ? columns : 0, k);
    }

    /// <summary>The lists of the rows: indices are columns.</summary>
    public TopLists Rows { get; }

    /// <summary>The lists of the columns: indices are rows; empty unless asked for.</summary>
    public TopLists Columns { get; }

    public StripVisitor Open(int firstColumn, int count) => new Strip(this, firstColumn, count);

    private bool LeavesOut(int row, int column) => leavesOut is not null && leavesOut(row, column);

    private sealed unsafe class Strip(NearestVisitor owner, int firstColumn, int columns) : StripVisitor
    {
        private readonly TopLists rowLists = new(TileSweep.TileRows, owner.Rows.K);
        private readonly float[] columnBounds = Bounds(owner, firstColumn, columns);

        public override void Visit(in Tile tile)
        {
            rowLists.Clear();
            fixed (float* bounds = columnBounds)
            {
                for (int r = 0; r < tile.Rows; r++)
                {
                    int i = tile.FirstRow + r;
                    VisitRow(tile.Row(r), i, r, tile.FirstCounted(r), tile.Columns, owner.Rows.Bound(i), bounds);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void VisitRow(float* row, int i, int r, int from, int to, float sharedBound, float* bounds)
        {
            // What another thread has put into the shared list since only makes the bound tighter: the result does not depend on it.
            float bound = sharedBound;
            for (int c = from & ~(Lanes.Count - 1); c < to; c += Lanes.Count)
            {
                Vector512<float> s = Vector512.Load(row + c);
                if (c < from || c + Lanes.Count > to)
                    s = Vector512.ConditionalSelect(Lanes.Between(from - c, to - c), s, Vector512.Create(float.NegativeInfinity));
                ulong candidates = Vector512.GreaterThanOrEqual(s, Vector512.Create(bound)).ExtractMostSignificantBits();
                for (; candidates != 0; candidates &= candidates - 1)
                {
                    int lane = c + BitOperations.TrailingZeroCount(candidates);
                    if (lane < to && lane >= from && !owner.LeavesOut(i, firstColumn + lane))
                    {
                        rowLists.Offer(r, row[lane], firstColumn + lane);
                        bound = MathF.Max(sharedBound, rowLists.Bound(r));
                    }
                }
                if (!owner.withColumns)
                    continue;
                candidates = Vector512.GreaterThanOrEqual(s, Vector512.Load(bounds + c)).ExtractMostSignificantBits();
                for (; candidates != 0; candidates &= candidates - 1)
                {
                    int lane = c + BitOperations.TrailingZeroCount(candidates);
                    if (lane < to && lane >= from && !owner.LeavesOut(i, firstColumn + lane))
                    {
                        owner.Columns.Offer(firstColumn + lane, row[lane], i);
                        bounds[lane] = owner.Columns.Bound(firstColumn + lane);
                    }
                }
            }
        }

        public override void Fold(in Tile tile)
        {
            for (int r = 0; r < tile.Rows; r++)
                owner.Rows.Merge(tile.FirstRow + r, rowLists, r);
        }

        private static float[] Bounds(NearestVisitor owner, int first, int count)
        {
            var bounds = new float[Tile.Stride];
            Array.Fill(bounds, float.PositiveInfinity);
            for (int c = 0; c < count && first + c < owner.columnCount; c++)
                bounds[c] = float.NegativeInfinity;
            return bounds;
        }
    }
}
