using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Projections;

/// <summary>Draws pairs in the plane of the first two right singular directions of the stacked rows [X; Y], uncentred.</summary>
internal static class SvdMap
{
    /// <summary>The most pairs that are shown.</summary>
    public const int LargestSample = 1000;

    private const int LongestName = 50;

    /// <summary>Places the pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="moment">The uncentred second moment of all rows of both modalities up to a factor, d x d.</param>
    /// <param name="random">Draws the sample that is shown.</param>
    /// <param name="work">How to work.</param>
    public static PairMap Compute(PairedEmbeddings pairs, double[] moment, RandomStream random, WorkContext work)
    {
        int n = pairs.Items, d = pairs.Dimensions;
        double trace = 0;
        for (int k = 0; k < d; k++)
            trace += moment[k * d + k];
        EigenPairs directions = SymmetricEigen.Decompose(moment, d, work);
        double[] horizontal = directions.Vector(0).ToArray(), vertical = d > 1 ? directions.Vector(1).ToArray() : new double[d];
        int[] shown = n <= LargestSample
            ? [.. Enumerable.Range(0, n)]
            : [.. random.Fork("map").NextPermutation(n).Take(LargestSample).Order()];
        return new PairMap
        {
            First = Place(pairs.First, shown),
            Second = Place(pairs.Second, shown),
            Pairs = shown,
            FirstNames = Name(pairs.First.Names, shown),
            SecondNames = Name(pairs.Second.Names, shown),
            TotalPairs = n,
            FirstCentroid = Centroid(pairs.First),
            SecondCentroid = Centroid(pairs.Second),
            Shares = [directions.Values[0] / trace, d > 1 ? directions.Values[1] / trace : 0],
        };

        MapPoint Point(ReadOnlySpan<float> row) => new(Dot.Float64(row, horizontal), Dot.Float64(row, vertical));

        MapPoint[] Place(UnitEmbeddings rows, int[] shown) => Array.ConvertAll(shown, i => Point(rows.Row(i)));

        static string[]? Name(RowNames names, int[] shown) =>
            names.AreTelling ? Array.ConvertAll(shown, i => Excerpt.Of(names.NameOf(i), LongestName)) : null;

        MapPoint Centroid(UnitEmbeddings rows)
        {
            double x = 0, y = 0;
            for (int i = 0; i < rows.Rows; i++)
            {
                MapPoint point = Point(rows.Row(i));
                x += point.X / rows.Rows;
                y += point.Y / rows.Rows;
            }
            return new MapPoint(x, y);
        }
    }
}
