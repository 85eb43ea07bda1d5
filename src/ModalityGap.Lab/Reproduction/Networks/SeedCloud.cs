using ModalityGap.Embeddings;
using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Numerics;
using ModalityGap.Projections;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Networks;

/// <summary>What several sets of random weights of one architecture make of the same inputs: a cone each, and how the cones lie to each other.</summary>
/// <param name="Network">The architecture.</param>
/// <param name="Inputs">What it was shown, in a word.</param>
/// <param name="Seeds">The rows of each set of weights; row i is of input i.</param>
/// <param name="Work">How to work.</param>
internal sealed record SeedCloud(string Network, string Inputs, UnitEmbeddings[] Seeds, WorkContext Work)
{
    private readonly RowMatrix rows = RowStack.Of(Seeds);

    private readonly double[][] means = Array.ConvertAll(Seeds, seed => Mean(seed, 0, seed.Rows));

    public string Name => $"{Network}, {Inputs}";

    /// <summary>Share of all variance that lies between sets of weights: Σ_s ‖mean_s - mean‖² over Σ ‖x - mean‖²; a set left out in turn for the interval.</summary>
    public Estimate BetweenShare => field ??= Jackknife.FromLeaveOneOut(
        Share(means), [.. Enumerable.Range(0, means.Length).Select(left => Share([.. means.Where((_, seed) => seed != left)]))]).Within(0, 1);

    /// <summary>How far the means of two sets of weights lie apart, of identical inputs.</summary>
    public Estimate BetweenGap => field ??= StudentInterval.Mean(
        [.. Enumerable.Range(0, means.Length).Select(s => Enumerable.Range(0, means.Length).Where(t => t != s).Average(t => Apart(means[s], means[t])))], "sets of weights");

    /// <summary>How far the means of two halves of the inputs lie apart, of one set of weights.</summary>
    public Estimate WithinGap => field ??= StudentInterval.Mean(
        [.. Seeds.Select(seed => Apart(Mean(seed, 0, seed.Rows / 2), Mean(seed, seed.Rows / 2, seed.Rows)))], "sets of weights");

    /// <summary>Mean cosine between different inputs, of each set of weights: (n ‖mean‖² - 1) / (n - 1).</summary>
    public double[] MeanCosines => field ??= [.. Seeds.Zip(means, (seed, mean) => (seed.Rows * Product(mean, mean) - 1) / (seed.Rows - 1))];

    /// <summary>Share of rows whose nearest other row by cosine is of the same set of weights.</summary>
    public double NearestOwn
    {
        get
        {
            NearestNeighbours nearest = NearestNeighbours.Find(rows, 1, Work);
            return OwnShare(i => nearest.Of(i)[0]);
        }
    }

    /// <summary>All rows in the plane of their first two principal directions.</summary>
    public MapPoint[] Plane => field ??= PlaneOfRows.Principal(rows, Work);

    /// <summary>The share of <see cref="NearestOwn"/>, seen in that plane.</summary>
    public double NearestOwnInPlane
    {
        get
        {
            int[] nearest = PlaneNeighbours.Find(Plane, 1, Work);
            return OwnShare(i => nearest[i]);
        }
    }

    /// <summary>Shares of the cosines between different inputs of one set of weights, over all sets, in bins of equal width over [-1, 1].</summary>
    public double[] Histogram(int bins)
    {
        var counts = new double[bins];
        double pairs = 0;
        foreach (UnitEmbeddings seed in Seeds)
            for (int i = 0; i < seed.Rows; i++)
                for (int j = 0; j < i; j++)
                {
                    counts[Math.Clamp((int)((Dot.Float64(seed.Row(i), seed.Row(j)) + 1) / 2 * bins), 0, bins - 1)]++;
                    pairs++;
                }
        return Array.ConvertAll(counts, count => count / pairs);
    }

    private double OwnShare(Func<int, int> nearest)
    {
        int each = Seeds[0].Rows;
        return Enumerable.Range(0, rows.Rows).Count(i => nearest(i) / each == i / each) / (double)rows.Rows;
    }

    // Rows have norm 1, so that those of a set of weights vary by 1 - ‖mean‖².
    private static double Share(double[][] means)
    {
        double[] mean = [.. Enumerable.Range(0, means[0].Length).Select(k => means.Average(row => row[k]))];
        double between = means.Average(row => Apart(row, mean) * Apart(row, mean)), within = means.Average(row => 1 - Product(row, row));
        return between / (between + within);
    }

    private static double[] Mean(UnitEmbeddings rows, int first, int end)
    {
        var mean = new double[rows.Dimensions];
        for (int i = first; i < end; i++)
            ColumnSums.Add(rows.Row(i), [1.0 / (end - first)], mean);
        return mean;
    }

    private static double Apart(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private static double Product(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
