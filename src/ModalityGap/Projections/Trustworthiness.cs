using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Projections;

/// <summary>
/// Whether points that are neighbours in the plane are neighbours among the rows too: 1 - 2 / (n k (2n - 3k - 1)) Σ_i Σ_j max(0, r(i, j) - k)
/// over the k nearest points j of each point i, r(i, j) the rank of row j among the rows nearest to row i by cosine. In [0, 1], 1 when all are,
/// about ½ by chance; higher is better. Venna and Kaski, ICANN 2001; the same as scikit-learn's, but that rows equally near share a rank.
/// </summary>
internal static class Trustworthiness
{
    /// <summary>k.</summary>
    public const int Neighbours = 15;

    /// <summary>The trustworthiness, or <c>null</c> where k neighbours are half of all rows or more: then no layout could lose any.</summary>
    /// <param name="rows">Unit rows, n x d.</param>
    /// <param name="points">Where they lie in the plane.</param>
    /// <param name="work">How to work.</param>
    /// <param name="k">How many neighbours.</param>
    public static Estimate? Of(RowMatrix rows, IReadOnlyList<MapPoint> points, WorkContext work, int k = Neighbours)
    {
        long n = rows.Rows;
        if (2 * k >= n)
            return null;
        var ranks = new NeighbourRankVisitor(rows, PlaneNeighbours.Find(points, k, work), k);
        TileSweep.Run(rows, rows, work, ranks);
        long beyond = 0;
        foreach (long nearer in ranks.Nearer)
            beyond += Math.Max(0, nearer + 1 - k);
        return Estimate.Exact(1 - 2.0 * beyond / (n * k * (2 * n - 3 * k - 1)), "describes this layout of these rows", n);
    }
}
