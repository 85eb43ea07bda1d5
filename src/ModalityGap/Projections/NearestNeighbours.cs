using ModalityGap.Numerics;

namespace ModalityGap.Projections;

/// <summary>
/// The k nearest other rows of each row by cosine, exactly: one symmetric sweep over the tiles, k candidates a row and no matrix. The sweep
/// chooses in float32, equal products by index; the distances 1 - x·y of what it chose are float64, and zero for equal rows.
/// </summary>
internal sealed class NearestNeighbours
{
    private readonly int[] indices;
    private readonly double[] distances;

    private NearestNeighbours(int rows, int k)
    {
        Rows = rows;
        K = k;
        indices = new int[(long)rows * k];
        distances = new double[(long)rows * k];
    }

    /// <summary>n.</summary>
    public int Rows { get; }

    /// <summary>How many neighbours each row has: fewer than asked for where there are not as many others.</summary>
    public int K { get; }

    /// <summary>The neighbours of row i, nearest first, equally near ones by index.</summary>
    public ReadOnlySpan<int> Of(int i) => indices.AsSpan(i * K, K);

    /// <summary>Their distances, 1 - x·y.</summary>
    public ReadOnlySpan<double> Distances(int i) => distances.AsSpan(i * K, K);

    /// <summary>Finds them.</summary>
    /// <param name="rows">Unit rows, n x d.</param>
    /// <param name="k">How many.</param>
    /// <param name="work">How to work.</param>
    public static NearestNeighbours Find(RowMatrix rows, int k, WorkContext work)
    {
        var found = new NearestNeighbours(rows.Rows, Math.Min(k, rows.Rows - 1));
        if (found.K == 0)
            return found;
        var visitor = new NearestVisitor(rows.Rows, rows.Rows, found.K, withColumns: true);
        TileSweep.RunSymmetric(rows, work, visitor);
        const int block = 512;
        work.ForEach((rows.Rows + block - 1) / block, b =>
        {
            // The sweep sees row i as a row in some pairs and as a column in the others.
            var lists = new TopLists(1, found.K);
            for (int i = b * block; i < Math.Min(rows.Rows, (b + 1) * block); i++)
            {
                lists.Clear();
                lists.Merge(0, visitor.Rows, i);
                lists.Merge(0, visitor.Columns, i);
                found.Enter(i, lists, rows);
            }
        });
        return found;
    }

    private void Enter(int i, TopLists lists, RowMatrix rows)
    {
        Span<int> ofRow = indices.AsSpan(i * K, K);
        Span<double> away = distances.AsSpan(i * K, K);
        for (int p = 0; p < K; p++)
        {
            ofRow[p] = lists.Index(0, p);
            away[p] = Distance(rows.Row(i), rows.Row(ofRow[p]));
        }
        // By index first: sorting by distance keeps no order of equal ones.
        ofRow.Sort(away);
        for (int p = 1; p < K; p++)
            for (int q = p; q > 0 && away[q] < away[q - 1]; q--)
            {
                (away[q], away[q - 1]) = (away[q - 1], away[q]);
                (ofRow[q], ofRow[q - 1]) = (ofRow[q - 1], ofRow[q]);
            }
    }

    // ‖x - y‖²/2, which is 1 - x·y for rows of norm 1 and exactly 0 for equal ones.
    private static double Distance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        (double xx, double yy, double xy) = Dot.AllFloat64(x, y);
        return Math.Max(0, (xx + yy) / 2 - xy);
    }
}
