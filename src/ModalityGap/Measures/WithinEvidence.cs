using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>What one sweep over the pairs within a modality found: every unordered pair of different rows once.</summary>
internal sealed class WithinEvidence
{
    private readonly NearestVisitor nearest;

    /// <param name="evidence">The pairs.</param>
    /// <param name="rows">The modality's rows.</param>
    /// <param name="matrix">The same rows.</param>
    /// <param name="mean">Their mean cosine.</param>
    /// <param name="bestAcross">For each row, its largest cosine with the other modality.</param>
    public WithinEvidence(PairEvidence evidence, UnitEmbeddings rows, RowMatrix matrix, double mean, double[] bestAcross)
    {
        int n = evidence.Count;
        var cosines = new CosineVisitor(n, n, n > 1 ? mean : 0);
        nearest = new NearestVisitor(n, n, PairEvidence.Neighbours, withColumns: true);
        RankTarget[] targets = Array.ConvertAll(evidence.Moments.Matched, score => new RankTarget(score, []));
        var ranks = new RankVisitor(rows, rows, targets, targets);
        RankTarget[] bounds = Array.ConvertAll(bestAcross, score => new RankTarget(score, []));
        var ahead = new RankVisitor(rows, rows, bounds, bounds);
        TileSweep.RunSymmetric(matrix, evidence.Work, cosines, nearest, ranks, ahead);
        Bins = cosines.Bins;
        Lowest = cosines.Lowest;
        Highest = cosines.Highest;
        SquaredDeviations = new double[n];
        AheadOfPartner = new long[n];
        AheadOfOthers = new long[n];
        for (int i = 0; i < n; i++)
        {
            SquaredDeviations[i] = cosines.RowSquares[i] + cosines.ColumnSquares[i];
            AheadOfPartner[i] = ranks.RowCounts[i] + ranks.ColumnCounts[i];
            AheadOfOthers[i] = ahead.RowCounts[i] + ahead.ColumnCounts[i];
        }
        Quantiles = CosineQuantiles.Twice(Bins, matrix, evidence.Work);
    }

    /// <summary>Cosines per bin, each unordered pair once.</summary>
    public long[] Bins { get; }

    /// <summary>The smallest cosine.</summary>
    public double Lowest { get; }

    /// <summary>The largest cosine.</summary>
    public double Highest { get; }

    /// <summary>For each row, Σ (s - mean)² over its cosines with all other rows.</summary>
    public double[] SquaredDeviations { get; }

    /// <summary>For each row, how many rows of its own modality are at least as near as its partner in the other one.</summary>
    public long[] AheadOfPartner { get; }

    /// <summary>For each row, how many rows of its own modality are at least as near as the nearest row of the other one.</summary>
    public long[] AheadOfOthers { get; }

    /// <summary>The lower quartile, the median and the upper quartile.</summary>
    public double[] Quantiles { get; }

    /// <summary>The nearest other rows of row i with their cosines, best first, equal ones by index.</summary>
    public IEnumerable<(float Score, int Index)> Nearest(int i)
    {
        // A symmetric sweep sees row i as a row in some pairs and as a column in the others.
        IEnumerable<(float Score, int Index)> asRow = Entries(nearest.Rows, i), asColumn = Entries(nearest.Columns, i);
        return asRow.Concat(asColumn).OrderByDescending(entry => entry.Score).ThenBy(entry => entry.Index).Take(nearest.Rows.K);
    }

    private static IEnumerable<(float Score, int Index)> Entries(TopLists lists, int i) =>
        Enumerable.Range(0, lists.Count(i)).Select(k => (lists.Score(i, k), lists.Index(i, k)));
}
