using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.SlowTwins;

/// <summary>Mixed search by sorting every gallery for every query.</summary>
internal static class SlowMixedSearch
{
    /// <summary>hit@1, hit@10, reciprocal rank, NDCG@10 and the first modality's share of the first ten of one query in one gallery.</summary>
    public static double[] Query(RowMatrix queries, RowMatrix first, RowMatrix second, MixedGallery gallery, int item, string order)
    {
        List<(int Tier, float Score, int Item)> documents = [];
        for (int j = 0; j < queries.Rows; j++)
        {
            bool isFirst = gallery.IsFirst(j);
            int tier = order switch { "first" => isFirst ? 0 : 1, "second" => isFirst ? 1 : 0, _ => 0 };
            documents.Add((tier, SlowCosines.InFloat32(queries.Row(item), (isFirst ? first : second).Row(j)), j));
        }
        (int Tier, float Score, int Item) own = documents[item];
        int rank = 1 + documents.Count(other => other.Item != item && (other.Tier < own.Tier || (other.Tier == own.Tier && other.Score >= own.Score)));
        int[] best = [.. documents.OrderBy(d => d.Tier).ThenByDescending(d => d.Score).ThenBy(d => d.Item).Take(10).Select(d => d.Item)];
        return
        [
            rank == 1 ? 1 : 0,
            rank <= 10 ? 1 : 0,
            1.0 / rank,
            rank <= 10 ? 1 / Math.Log2(1 + rank) : 0,
            best.Count(gallery.IsFirst) / (double)best.Length,
        ];
    }

    /// <summary>[share][query][number], the mean over the galleries.</summary>
    public static double[][][] Evaluate(RowMatrix queries, RowMatrix first, RowMatrix second, RandomStream random, string order) =>
    [
        .. MixedSearch.Shares.Select(share =>
        {
            MixedGallery[] galleries = MixedGallery.Draw(queries.Rows, share, MixedSearch.Galleries, random);
            return Enumerable.Range(0, queries.Rows).Select(item =>
            {
                double[][] all = [.. galleries.Select(gallery => Query(queries, first, second, gallery, item, order))];
                return Enumerable.Range(0, 5).Select(k => all.Average(numbers => numbers[k])).ToArray();
            }).ToArray();
        }),
    ];
}
