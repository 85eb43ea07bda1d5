using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>
/// What one sweep over X·Yᵀ found. Matched pairs are part of the sweep and are taken out of everything here that is about unmatched ones.
/// </summary>
internal sealed class CrossEvidence
{
    public CrossEvidence(PairEvidence evidence)
    {
        int n = evidence.Count;
        double centre = n > 1 ? evidence.Moments.Sums.UnmatchedMean : 0;
        MatchedAsInTile = new float[n];
        for (int i = 0; i < n; i++)
            MatchedAsInTile[i] = Dot.AsInTile(evidence.X.Row(i), evidence.Y.Row(i));
        var cosines = new CosineVisitor(n, n, centre);
        var separation = new SeparationVisitor(MatchedAsInTile, n, n);
        var nearest = new NearestVisitor(n, n, PairEvidence.Neighbours, withColumns: true);
        PairedEmbeddings all = evidence.All;
        RankTarget[] ofFirst = RankTarget.Of(all.First, all.FirstItems, all.Second, all.RowsOfSecond);
        RankTarget[] ofSecond = RankTarget.Of(all.Second, all.SecondItems, all.First, all.RowsOfFirst);
        var ranks = new RankVisitor(all.First, all.Second, ofFirst, ofSecond);
        if (all.IsOneToOne)
        {
            TileSweep.Run(evidence.X, evidence.Y, evidence.Work, cosines, separation, nearest, ranks);
            (ImpostorsOfFirst, ImpostorsOfSecond) = (nearest.Rows.WithoutOwner(), nearest.Columns.WithoutOwner());
        }
        else
        {
            TileSweep.Run(evidence.X, evidence.Y, evidence.Work, cosines, separation, nearest);
            var impostors = new NearestVisitor(
                all.First.Rows, all.Second.Rows, PairEvidence.Neighbours, withColumns: true, (i, j) => all.FirstItems[i] == all.SecondItems[j]);
            TileSweep.Run(Matrix(all.First), Matrix(all.Second), evidence.Work, ranks, impostors);
            (ImpostorsOfFirst, ImpostorsOfSecond) = (impostors.Rows, impostors.Columns);
        }
        Bins = cosines.Bins;
        MatchedBins = new long[CosineBins.Count];
        SquaredDeviations = new double[n];
        TwiceWon = new long[n];
        for (int i = 0; i < n; i++)
        {
            float matched = MatchedAsInTile[i];
            Bins[CosineBins.Of(matched)]--;
            MatchedBins[CosineBins.Of(matched)]++;
            float deviation = matched - (float)centre;
            SquaredDeviations[i] = Math.Max(0, cosines.RowSquares[i] + cosines.ColumnSquares[i] - 2.0 * deviation * deviation);
            TwiceWon[i] = separation.TwiceWonByRow[i] + separation.TwiceWonByColumn[i] - 2L * separation.TwiceAbove(matched);
        }
        NearestOfFirst = nearest.Rows;
        NearestOfSecond = nearest.Columns;
        BestForFirst = [.. Enumerable.Range(0, n).Select(i => Best(NearestOfFirst, i, evidence.X, evidence.Y))];
        BestForSecond = [.. Enumerable.Range(0, n).Select(i => Best(NearestOfSecond, i, evidence.Y, evidence.X))];
        PartnersOfFirst = Array.ConvertAll(ofFirst, target => target.Score);
        PartnersOfSecond = Array.ConvertAll(ofSecond, target => target.Score);
        RanksOfFirst = Array.ConvertAll(ranks.RowCounts, count => count + 1);
        RanksOfSecond = Array.ConvertAll(ranks.ColumnCounts, count => count + 1);
    }

    /// <summary>x_i·y_i in float32, to the bit as in the sweep.</summary>
    public float[] MatchedAsInTile { get; }

    /// <summary>Unmatched cosines per bin.</summary>
    public long[] Bins { get; }

    /// <summary>Matched cosines per bin.</summary>
    public long[] MatchedBins { get; }

    /// <summary>For each item, Σ (s - mean)² over the unmatched cosines of its row and of its column.</summary>
    public double[] SquaredDeviations { get; }

    /// <summary>
    /// For each item, over the unmatched cosines of its row and of its column, twice the number of matched cosines that are larger, ties
    /// counting one.
    /// </summary>
    public long[] TwiceWon { get; }

    /// <summary>The nearest rows of the second modality for each row of the first, partners included.</summary>
    public TopLists NearestOfFirst { get; }

    /// <summary>The nearest rows of the first modality for each row of the second.</summary>
    public TopLists NearestOfSecond { get; }

    /// <summary>For each row of the first modality, the largest cosine with any row of the second, in float64.</summary>
    public double[] BestForFirst { get; }

    /// <summary>For each row of the second modality, the largest cosine with any row of the first.</summary>
    public double[] BestForSecond { get; }

    /// <summary>For each row of the first modality (all rows), the rank of its best partner, from 1, ties against it.</summary>
    public long[] RanksOfFirst { get; }

    /// <summary>For each row of the second modality (all rows), the rank of its best partner.</summary>
    public long[] RanksOfSecond { get; }

    /// <summary>For each row of the first modality (all rows), the cosine with its best partner, in float64.</summary>
    public double[] PartnersOfFirst { get; }

    /// <summary>For each row of the second modality (all rows), the cosine with its best partner.</summary>
    public double[] PartnersOfSecond { get; }

    /// <summary>For each row of the first modality (all rows), the nearest rows of the second that belong to other items; nine at least where there are as many.</summary>
    public TopLists ImpostorsOfFirst { get; }

    /// <summary>For each row of the second modality (all rows), the nearest rows of the first that belong to other items.</summary>
    public TopLists ImpostorsOfSecond { get; }

    // What is first in float32 need not be in float64, but is on the list.
    private static double Best(TopLists nearest, int i, RowMatrix rows, RowMatrix others)
    {
        double best = double.NegativeInfinity;
        for (int k = 0; k < nearest.Count(i); k++)
            best = Math.Max(best, Dot.Float64(rows.Row(i), others.Row(nearest.Index(i, k))));
        return best;
    }

    private static RowMatrix Matrix(UnitEmbeddings rows) => new(rows.Values, rows.Rows, rows.Dimensions);
}
