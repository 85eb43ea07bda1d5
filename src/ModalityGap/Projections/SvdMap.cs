using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Projections;

/// <summary>Draws pairs in the plane of the first two right singular directions of the stacked rows [X; Y], uncentred.</summary>
internal static class SvdMap
{
    /// <summary>The most pairs that are shown.</summary>
    public const int LargestSample = 1000;

    public static PairMap Compute(PairedEmbeddings pairs, RandomStream random, WorkContext work)
    {
        int n = pairs.Items, d = pairs.Dimensions;
        double[] moment = ChunkedProduct.SecondMoment(new RowMatrix(pairs.First.Values, n, d), work);
        double[] second = ChunkedProduct.SecondMoment(new RowMatrix(pairs.Second.Values, n, d), work);
        double trace = 0;
        for (int k = 0; k < moment.Length; k++)
            moment[k] += second[k];
        for (int k = 0; k < d; k++)
            trace += moment[k * d + k];
        (double Value, double[] Vector)[] directions = LeadingDirections.Of(moment, d, 2);
        double[] horizontal = directions[0].Vector, vertical = directions.Length > 1 ? directions[1].Vector : new double[d];
        int[] shown = n <= LargestSample
            ? [.. Enumerable.Range(0, n)]
            : [.. random.Fork("map").NextPermutation(n).Take(LargestSample).Order()];
        return new PairMap
        {
            First = Place(pairs.First, shown),
            Second = Place(pairs.Second, shown),
            Pairs = shown,
            TotalPairs = n,
            FirstCentroid = Centroid(pairs.First),
            SecondCentroid = Centroid(pairs.Second),
            Shares = [directions[0].Value / trace, directions.Length > 1 ? directions[1].Value / trace : 0],
        };

        MapPoint Point(ReadOnlySpan<float> row) => new(Dot.Float64(row, horizontal), Dot.Float64(row, vertical));

        MapPoint[] Place(UnitEmbeddings rows, int[] shown) => Array.ConvertAll(shown, i => Point(rows.Row(i)));

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
