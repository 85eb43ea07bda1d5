using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Projections;

/// <summary>Draws pairs in the plane of the first two right singular directions of the stacked rows [X; Y], uncentred.</summary>
internal static class SvdMap
{
    private const int LongestName = 50;

    /// <summary>Places the pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="moment">The uncentred second moment of all rows of both modalities up to a factor, d x d.</param>
    /// <param name="most">The most pairs that are shown.</param>
    /// <param name="random">Draws the sample that is shown.</param>
    /// <param name="work">How to work.</param>
    public static PairMap Compute(PairedEmbeddings pairs, double[] moment, int most, RandomStream random, WorkContext work)
    {
        int n = pairs.Items;
        int[] shown = n <= most
            ? [.. Enumerable.Range(0, n)]
            : [.. random.Fork("map").NextPermutation(n).Take(most).Order()];
        MapLayout layout = LinearLayout.Of(MapLayout.Svd, pairs, shown, PlaneOfRows.Of(moment, pairs.Dimensions, work), origin: null);
        return new PairMap
        {
            First = layout.First,
            Second = layout.Second,
            Pairs = shown,
            FirstNames = Name(pairs.First.Names, shown),
            SecondNames = Name(pairs.Second.Names, shown),
            TotalPairs = n,
            FirstCentroid = layout.FirstCentroid,
            SecondCentroid = layout.SecondCentroid,
            Shares = layout.Shares!,
        };
    }

    private static string[]? Name(RowNames names, int[] shown) =>
        names.AreTelling ? Array.ConvertAll(shown, i => Excerpt.Of(names.NameOf(i), LongestName)) : null;
}
