using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>
/// The rank of the right document for every query, across the modalities and, with one row per item, in the pooled gallery of both: the
/// ranks that <see cref="CrossEvidence"/> and <see cref="WithinEvidence"/> also find, without the rest.
/// </summary>
internal sealed class SearchRanks
{
    private readonly PairedEmbeddings pairs;
    private readonly WorkContext work;
    private readonly RankTarget[] ofFirst, ofSecond;

    public SearchRanks(PairedEmbeddings pairs, WorkContext work)
    {
        (this.pairs, this.work) = (pairs, work);
        ofFirst = RankTarget.Of(pairs.First, pairs.FirstItems, pairs.Second, pairs.RowsOfSecond);
        ofSecond = RankTarget.Of(pairs.Second, pairs.SecondItems, pairs.First, pairs.RowsOfFirst);
        var cross = new RankVisitor(pairs.First, pairs.Second, ofFirst, ofSecond);
        TileSweep.Run(Matrix(pairs.First), Matrix(pairs.Second), work, cross);
        First = Array.ConvertAll(cross.RowCounts, count => count + 1);
        Second = Array.ConvertAll(cross.ColumnCounts, count => count + 1);
    }

    /// <summary>For each row of the first modality, the rank among the second.</summary>
    public long[] First { get; }

    /// <summary>For each row of the second modality, the rank among the first.</summary>
    public long[] Second { get; }

    /// <summary>For each row of the first modality, the rank among all other rows of both; <c>null</c> with several rows per item.</summary>
    public long[]? PooledFirst => field ??= pairs.IsOneToOne ? Pooled(First, pairs.First, ofFirst) : null;

    /// <summary>For each row of the second modality, the rank among all other rows of both.</summary>
    public long[]? PooledSecond => field ??= pairs.IsOneToOne ? Pooled(Second, pairs.Second, ofSecond) : null;

    private long[] Pooled(long[] ranks, UnitEmbeddings rows, RankTarget[] targets)
    {
        RankTarget[] scores = Array.ConvertAll(targets, target => new RankTarget(target.Score, []));
        var within = new RankVisitor(rows, rows, scores, scores);
        TileSweep.RunSymmetric(Matrix(rows), work, within);
        var pooled = new long[ranks.Length];
        for (int i = 0; i < pooled.Length; i++)
            pooled[i] = ranks[i] + within.RowCounts[i] + within.ColumnCounts[i];
        return pooled;
    }

    private static RowMatrix Matrix(UnitEmbeddings rows) => new(rows.Values, rows.Rows, rows.Dimensions);
}
