using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// The part of mixed search that a choice among corrections needs: hit@1 and NDCG@10, [share][query]. All galleries of a share are counted
/// at once, a bit each, and no further than the tenth rank.
/// </summary>
internal sealed record MixedHits(double[][] HitAt1, double[][] Ndcg)
{
    /// <summary>That part of a full ranking.</summary>
    public static MixedHits Of(MixedSearch.Arm arm) => new(arm.HitAt1, arm.Ndcg);

    /// <summary>The queries of both.</summary>
    public static MixedHits Join(MixedHits a, MixedHits b)
    {
        return new MixedHits(Both(a.HitAt1, b.HitAt1), Both(a.Ndcg, b.Ndcg));

        static double[][] Both(double[][] a, double[][] b) => [.. a.Zip(b, (left, right) => (double[])[.. left, .. right])];
    }

    /// <summary>Ranks every item's query in the galleries of <see cref="MixedSearch.Evaluate"/>.</summary>
    /// <param name="queries">One row per item.</param>
    /// <param name="first">The items' documents of the first modality.</param>
    /// <param name="second">The items' documents of the second modality.</param>
    /// <param name="random">The randomness of the galleries.</param>
    /// <param name="work">Threads.</param>
    public static MixedHits Evaluate(RowMatrix queries, RowMatrix first, RowMatrix second, RandomStream random, WorkContext work)
    {
        int n = queries.Rows;
        GalleryBits[] galleries = Array.ConvertAll(MixedSearch.Shares, share => GalleryBits.Of(MixedGallery.Draw(n, share, MixedSearch.Galleries, random)));
        var hits = new MixedHits(Array.ConvertAll(galleries, _ => new double[n]), Array.ConvertAll(galleries, _ => new double[n]));
        RowScores.ForEachRow(queries, [first, second], work, (i, scores) =>
        {
            for (int share = 0; share < galleries.Length; share++)
                (hits.HitAt1[share][i], hits.Ndcg[share][i]) = galleries[share].Rank(i, scores[0], scores[1]).Means(galleries[share].Count);
        });
        return hits;
    }
}
