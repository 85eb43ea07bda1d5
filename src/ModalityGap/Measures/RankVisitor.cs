using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>
/// For each row and each column, how many products reach its threshold, the score of the document that was asked for: the rank less one,
/// ties against the query. Scores so close to the threshold that float32 cannot tell are compared again in float64.
/// </summary>
internal sealed class RankVisitor : ITileVisitor
{
    private readonly UnitEmbeddings rows;
    private readonly UnitEmbeddings columns;
    private readonly RankTarget[] rowTargets;
    private readonly RankTarget[] columnTargets;
    private readonly float[] columnThresholds;
    private readonly float uncertainty;

    /// <param name="rows">X.</param>
    /// <param name="columns">Y.</param>
    /// <param name="rowTargets">The document asked for by each row of X.</param>
    /// <param name="columnTargets">The document asked for by each row of Y.</param>
    public RankVisitor(UnitEmbeddings rows, UnitEmbeddings columns, RankTarget[] rowTargets, RankTarget[] columnTargets)
    {
        this.rows = rows;
        this.columns = columns;
        this.rowTargets = rowTargets;
        this.columnTargets = columnTargets;
        columnThresholds = Array.ConvertAll(columnTargets, target => (float)target.Score);
        uncertainty = Dot.Uncertainty(rows.Dimensions);
        RowCounts = new long[rows.Rows];
        ColumnCounts = new long[columns.Rows];
    }

    /// <summary>For each row of X, the rows of Y that are no relevant document and score at least as high as the one asked for.</summary>
    public long[] RowCounts { get; }

    /// <summary>For each row of Y, the same among the rows of X.</summary>
    public long[] ColumnCounts { get; }

    public StripVisitor Open(int firstColumn, int count) => new Strip(this, firstColumn, count);

    private sealed unsafe class Strip(RankVisitor owner, int firstColumn, int columns) : StripVisitor
    {
        private readonly int[] rowCounts = new int[TileSweep.TileRows];
        private readonly int[] columnCounts = new int[Tile.Stride];
        private readonly float[] thresholds = Padded(owner.columnThresholds, firstColumn, columns);

        public override void Visit(in Tile tile)
        {
            fixed (float* columnThresholds = thresholds)
            fixed (int* counts = columnCounts)
            {
                for (int r = 0; r < tile.Rows; r++)
                    rowCounts[r] = VisitRow(tile.Row(r), tile.FirstRow + r, tile.FirstCounted(r), tile.Columns, columnThresholds, counts);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private int VisitRow(float* row, int i, int from, int to, float* columnThresholds, int* counts)
        {
            float threshold = (float)owner.rowTargets[i].Score;
            var uncertain = Vector512.Create(owner.uncertainty);
            Vector512<float> certainlyAbove = Vector512.Create(threshold) + uncertain;
            Vector512<float> perhapsAbove = Vector512.Create(threshold) - uncertain;
            int count = 0;
            for (int c = from & ~(Lanes.Count - 1); c < to; c += Lanes.Count)
            {
                Vector512<float> s = Vector512.Load(row + c);
                if (c < from || c + Lanes.Count > to)
                    s = Vector512.ConditionalSelect(
                        Lanes.Between(from - c, to - c), s, Vector512.Create(float.NegativeInfinity));
                Vector512<float> above = Vector512.GreaterThan(s, certainlyAbove);
                Vector512<float> columnThreshold = Vector512.Load(columnThresholds + c);
                Vector512<float> columnAbove = Vector512.GreaterThan(s, columnThreshold + uncertain);
                count += Lanes.CountTrue(above);
                (Vector512.Load(counts + c) - columnAbove.AsInt32()).Store(counts + c);
                ulong doubt = Vector512.AndNot(Vector512.GreaterThanOrEqual(s, perhapsAbove), above).ExtractMostSignificantBits();
                ulong columnDoubt = Vector512.AndNot(
                    Vector512.GreaterThanOrEqual(s, columnThreshold - uncertain), columnAbove).ExtractMostSignificantBits();
                for (; doubt != 0; doubt &= doubt - 1)
                    count += owner.RowReaches(i, firstColumn + c + BitOperations.TrailingZeroCount(doubt));
                for (; columnDoubt != 0; columnDoubt &= columnDoubt - 1)
                {
                    int lane = c + BitOperations.TrailingZeroCount(columnDoubt);
                    counts[lane] += owner.ColumnReaches(i, firstColumn + lane);
                }
            }
            return count;
        }

        public override void Fold(in Tile tile)
        {
            for (int r = 0; r < tile.Rows; r++)
                owner.RowCounts[tile.FirstRow + r] += rowCounts[r];
        }

        public override void Close()
        {
            for (int c = 0; c < columns; c++)
                owner.ColumnCounts[firstColumn + c] = columnCounts[c];
        }

        private static float[] Padded(float[] values, int first, int count)
        {
            var padded = new float[Tile.Stride];
            Array.Fill(padded, float.PositiveInfinity);
            Array.Copy(values, first, padded, 0, count);
            return padded;
        }
    }

    private int RowReaches(int i, int j)
    {
        RankTarget target = rowTargets[i];
        return !target.IsRelevant(j) && Dot.Float64(rows.Row(i), columns.Row(j)) >= target.Score ? 1 : 0;
    }

    private int ColumnReaches(int i, int j)
    {
        RankTarget target = columnTargets[j];
        return !target.IsRelevant(i) && Dot.Float64(rows.Row(i), columns.Row(j)) >= target.Score ? 1 : 0;
    }
}

/// <summary>What a query asks for.</summary>
/// <param name="Score">The best score of a relevant document, x·y accumulated in float64.</param>
/// <param name="Relevant">The relevant documents; never counted as competitors.</param>
internal readonly record struct RankTarget(double Score, IReadOnlyList<int> Relevant)
{
    public bool IsRelevant(int document)
    {
        for (int k = 0; k < Relevant.Count; k++)
            if (Relevant[k] == document)
                return true;
        return false;
    }

    /// <summary>The targets of all rows of <paramref name="queries"/>.</summary>
    public static RankTarget[] Of(
        UnitEmbeddings queries, IReadOnlyList<int> itemOfQuery, UnitEmbeddings documents, IReadOnlyList<IReadOnlyList<int>> documentsOfItem)
    {
        var targets = new RankTarget[queries.Rows];
        for (int q = 0; q < targets.Length; q++)
        {
            IReadOnlyList<int> relevant = documentsOfItem[itemOfQuery[q]];
            double best = double.NegativeInfinity;
            foreach (int document in relevant)
                best = Math.Max(best, Dot.Float64(queries.Row(q), documents.Row(document)));
            targets[q] = new RankTarget(best, relevant);
        }
        return targets;
    }
}
