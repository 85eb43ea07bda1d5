using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>Quantiles of all cosines of a sweep, from bins and, where a bin holds few values, from a second look at what is in it.</summary>
internal static class CosineQuantiles
{
    /// <summary>Up to this many rows a second sweep costs less than anyone notices, and the quantiles are exact.</summary>
    private const int ExactRows = 8192;

    private static readonly double[] Quartiles = [0.25, 0.5, 0.75];

    /// <summary>
    /// The quartiles of a symmetric matrix's off-diagonal entries, interpolated linearly between order statistics (NumPy's default); the
    /// entries are the binned pairs, each twice.
    /// </summary>
    public static double[] Twice(long[] bins, RowMatrix rows, WorkContext work)
    {
        long pairs = bins.Sum();
        if (pairs == 0)
            return [double.NaN, double.NaN, double.NaN];
        var ranks = new List<long>();
        foreach (double level in Quartiles)
        {
            double position = level * (2 * pairs - 1);
            ranks.Add((long)position / 2);
            ranks.Add(Math.Min((long)position + 1, 2 * pairs - 1) / 2);
        }
        double[] order = At(bins, ranks, rows.Rows <= ExactRows, needed => Collect(rows, needed, work));
        var values = new double[Quartiles.Length];
        for (int q = 0; q < values.Length; q++)
        {
            double position = Quartiles[q] * (2 * pairs - 1);
            values[q] = order[2 * q] + (position - Math.Floor(position)) * (order[2 * q + 1] - order[2 * q]);
        }
        return values;
    }

    /// <summary>The values with these ranks: exact by a second look, else interpolated within a bin.</summary>
    public static double[] At(
        long[] bins, IReadOnlyList<long> ranks, bool exact, Func<IReadOnlyCollection<int>, Func<int, List<float>>> collect) =>
        exact
            ? OrderStatistics(bins, ranks, collect)
            : [.. ranks.Select(rank => Interpolate(bins, rank + 0.5))];

    /// <summary>The values with these ranks (from 0, ascending), by collecting the bins that hold them.</summary>
    /// <param name="bins">Counts per bin.</param>
    /// <param name="ranks">The ranks.</param>
    /// <param name="collect">Gives a function from bin to its sorted values.</param>
    public static double[] OrderStatistics(
        long[] bins, IReadOnlyList<long> ranks, Func<IReadOnlyCollection<int>, Func<int, List<float>>> collect)
    {
        (int Bin, long Before)[] places = [.. ranks.Select(rank => Locate(bins, rank))];
        Func<int, List<float>> valuesIn = collect([.. places.Select(place => place.Bin).Distinct()]);
        return [.. ranks.Select((rank, k) => (double)valuesIn(places[k].Bin)[(int)(rank - places[k].Before)])];
    }

    /// <summary>Where a fraction of the way through the ranks lies, assuming even spread within a bin.</summary>
    public static double Interpolate(long[] bins, double rank)
    {
        (int bin, long before) = Locate(bins, (long)rank);
        return CosineBins.LowerEdge(bin) + CosineBins.Width * Math.Clamp((rank - before) / bins[bin], 0, 1);
    }

    private static (int Bin, long Before) Locate(long[] bins, long rank)
    {
        long before = 0;
        int bin = 0;
        while (bin < bins.Length - 1 && before + bins[bin] <= rank)
            before += bins[bin++];
        return (bin, before);
    }

    private static Func<int, List<float>> Collect(RowMatrix rows, IReadOnlyCollection<int> needed, WorkContext work)
    {
        var visitor = new ExceedanceVisitor(rows.Rows, rows.Rows, [], needed);
        TileSweep.RunSymmetric(rows, work, visitor);
        return visitor.ValuesIn;
    }
}
