using ModalityGap.Embeddings;

namespace ModalityGap.Tests.SlowTwins;

/// <summary>Ranks and nearest rows by looking at everything.</summary>
internal static class SlowSearch
{
    /// <summary>For each row of the first modality, the rank of its best partner; other items' rows that tie stand before it.</summary>
    public static long[] Ranks(PairedEmbeddings pairs, bool ofFirst)
    {
        (UnitEmbeddings queries, UnitEmbeddings documents) = ofFirst ? (pairs.First, pairs.Second) : (pairs.Second, pairs.First);
        (IReadOnlyList<int> itemOfQuery, IReadOnlyList<int> itemOfDocument) =
            ofFirst ? (pairs.FirstItems, pairs.SecondItems) : (pairs.SecondItems, pairs.FirstItems);
        var ranks = new long[queries.Rows];
        for (int q = 0; q < ranks.Length; q++)
        {
            double best = double.NegativeInfinity;
            for (int j = 0; j < documents.Rows; j++)
                if (itemOfDocument[j] == itemOfQuery[q])
                    best = Math.Max(best, SlowCosines.Of(queries.Row(q), documents.Row(j)));
            ranks[q] = 1;
            for (int j = 0; j < documents.Rows; j++)
                if (itemOfDocument[j] != itemOfQuery[q] && SlowCosines.Of(queries.Row(q), documents.Row(j)) >= best)
                    ranks[q]++;
        }
        return ranks;
    }

    /// <summary>The partner's rank among all other rows of both modalities.</summary>
    public static long[] PooledRanks(UnitEmbeddings own, UnitEmbeddings other)
    {
        var ranks = new long[own.Rows];
        for (int i = 0; i < ranks.Length; i++)
        {
            double partner = SlowCosines.Of(own.Row(i), other.Row(i));
            ranks[i] = 1;
            for (int j = 0; j < own.Rows; j++)
            {
                if (j == i)
                    continue;
                ranks[i] += SlowCosines.Of(own.Row(i), own.Row(j)) >= partner ? 1 : 0;
                ranks[i] += SlowCosines.Of(own.Row(i), other.Row(j)) >= partner ? 1 : 0;
            }
        }
        return ranks;
    }

    /// <summary>How much of the first ten, among all other rows of both modalities, is of the query's own; at ties the other one first.</summary>
    public static double OwnShare(UnitEmbeddings own, UnitEmbeddings other)
    {
        double total = 0;
        for (int i = 0; i < own.Rows; i++)
        {
            List<(float Score, bool IsOwn)> all = [];
            for (int j = 0; j < own.Rows; j++)
            {
                if (j != i)
                    all.Add((SlowCosines.InFloat32(own.Row(i), own.Row(j)), true));
                all.Add((SlowCosines.InFloat32(own.Row(i), other.Row(j)), false));
            }
            (float, bool IsOwn)[] first = [.. all.OrderByDescending(entry => entry.Score).ThenBy(entry => entry.IsOwn).Take(10)];
            total += first.Count(entry => entry.IsOwn) / (double)first.Length;
        }
        return total / own.Rows;
    }
}
