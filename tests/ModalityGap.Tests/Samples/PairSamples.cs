using ModalityGap.Embeddings;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Samples;

/// <summary>Pairs on which fast and slow must agree: sizes beside every tile's size, and geometry that is hard on rounding or on ties.</summary>
internal static class PairSamples
{
    private static readonly Dictionary<string, Func<PairedEmbeddings>> ByName = new()
    {
        ["two items"] = () => Rows.Cones(2, 3, 1),
        ["three items in one dimension"] = () => Rows.Pair([[1], [-1], [1]], [[1], [1], [-1]]),
        ["five items in two dimensions"] = () => Rows.Cones(5, 2, 2),
        ["seventeen items"] = () => Rows.Cones(17, 5, 3),
        ["one row less than a tile"] = () => Rows.Cones(83, 16, 4),
        ["one row more than a tile"] = () => Rows.Cones(85, 17, 5),
        ["one column more than a strip"] = () => Rows.Cones(257, 31, 6),
        ["three hundred items"] = () => Rows.Cones(300, 130, 7),
        ["a narrow gap"] = () => Rows.Cones(150, 24, 8, axis: 0.1, shared: 1),
        ["opposite cones"] = () => Opposite(64, 24),
        ["orthogonal rows"] = () => Rows.Pair(Axes(40, 80, 0), Axes(40, 80, 40)),
        ["duplicates"] = () => Duplicates(90, 12),
        ["exact ties"] = () => ExactTies(120),
    };

    public static TheoryData<string> Names { get; } = [.. ByName.Keys];

    /// <summary>All but those whose single cosines tie exactly.</summary>
    public static TheoryData<string> NamesWithoutTies { get; } =
        [.. ByName.Keys.Except(["three items in one dimension", "orthogonal rows", "duplicates", "exact ties"])];

    public static PairedEmbeddings Of(string name) => ByName[name]();

    /// <summary>Both modalities in cones of cosine 1 - 1e-5, as untrained networks make them.</summary>
    public static PairedEmbeddings Collapsed(int n, int d, double spread = 2e-3)
    {
        RandomStream random = new(9);
        double[] first = Rows.Unit(Rows.Gaussian(random, d)), second = Rows.Unit(Rows.Gaussian(random, d));
        List<double[]> x = [], y = [];
        for (int i = 0; i < n; i++)
        {
            double[] meaning = Rows.Unit(Rows.Gaussian(random, d));
            x.Add(Rows.Plus(Rows.Plus(first, meaning, spread), Rows.Unit(Rows.Gaussian(random, d)), spread));
            y.Add(Rows.Plus(Rows.Plus(second, meaning, spread), Rows.Unit(Rows.Gaussian(random, d)), spread));
        }
        return Rows.Pair(x, y);
    }

    private static PairedEmbeddings Opposite(int n, int d)
    {
        PairedEmbeddings cones = Rows.Cones(n, d, 10, axis: 0, shared: 0.5);
        double[] axis = Rows.Unit(Rows.Gaussian(new RandomStream(11), d));
        return Rows.Pair(
            Rows.All(cones.First).Select(row => Rows.Plus(row, axis, 3)), Rows.All(cones.Second).Select(row => Rows.Plus(row, axis, -3)));
    }

    private static IEnumerable<double[]> Axes(int n, int d, int from) =>
        Enumerable.Range(from, n).Select(axis => Enumerable.Range(0, d).Select(k => k == axis ? 1.0 : 0).ToArray());

    // A third of the rows, three times, so that every query has a rival with the very same score.
    private static PairedEmbeddings Duplicates(int n, int d)
    {
        PairedEmbeddings distinct = Rows.Cones(n / 3, d, 12);
        return Rows.Pair(
            Enumerable.Range(0, n).Select(i => Rows.Row(distinct.First, i % (n / 3))),
            Enumerable.Range(0, n).Select(i => Rows.Row(distinct.Second, i % (n / 3))));
    }

    // Entries of 0, 1 and ½: norms, products and sums are exact, and many differ not at all.
    private static PairedEmbeddings ExactTies(int n)
    {
        RandomStream random = new(13);
        double[] Next() => random.NextIndex(3) == 0
            ? [.. Enumerable.Range(0, 4).Select(k => k == 0 ? 1.0 : 0)]
            : [.. Enumerable.Range(0, 4).Select(_ => random.NextIndex(2) - 0.5)];
        double[][] first = [.. Enumerable.Range(0, n).Select(_ => Next())];
        return Rows.Pair(first, first.Select(row => random.NextIndex(2) == 0 ? row : Next()).ToArray());
    }
}
