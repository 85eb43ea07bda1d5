using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>What one sweep over the pairs within a modality found: every unordered pair of different rows once.</summary>
internal sealed class WithinEvidence
{
    private readonly NearestVisitor nearest;

    public WithinEvidence(PairEvidence evidence, UnitEmbeddings rows, RowMatrix matrix, double mean)
    {
        int n = evidence.Count;
        var cosines = new CosineVisitor(n, n, n > 1 ? mean : 0);
        nearest = new NearestVisitor(n, n, PairEvidence.Neighbours, withColumns: true);
        RankTarget[] targets = Array.ConvertAll(evidence.Moments.Matched, score => new RankTarget(score, []));
        var ranks = new RankVisitor(rows, rows, targets, targets);
        TileSweep.RunSymmetric(matrix, evidence.Work, cosines, nearest, ranks);
        Bins = cosines.Bins;
        Lowest = cosines.Lowest;
        Highest = cosines.Highest;
        SquaredDeviations = new double[n];
        AheadOfPartner = new long[n];
        for (int i = 0; i < n; i++)
        {
            SquaredDeviations[i] = cosines.RowSquares[i] + cosines.ColumnSquares[i];
            AheadOfPartner[i] = ranks.RowCounts[i] + ranks.ColumnCounts[i];
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

    /// <summary>The lower quartile, the median and the upper quartile.</summary>
    public double[] Quantiles { get; }

    /// <summary>The nearest other rows of row i, best first: scores.</summary>
    public IEnumerable<float> NearestScores(int i)
    {
        // A symmetric sweep sees row i as a row in some pairs and as a column in the others.
        IEnumerable<float> asRow = Enumerable.Range(0, nearest.Rows.Count(i)).Select(k => nearest.Rows.Score(i, k));
        IEnumerable<float> asColumn = Enumerable.Range(0, nearest.Columns.Count(i)).Select(k => nearest.Columns.Score(i, k));
        return asRow.Concat(asColumn).OrderDescending().Take(nearest.Rows.K);
    }
}
