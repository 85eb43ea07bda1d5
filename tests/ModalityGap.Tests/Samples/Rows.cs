using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Samples;

/// <summary>Makes rows, sets and evidence for tests.</summary>
internal static class Rows
{
    public static readonly double[] Temperatures = [0.01, 0.02, 0.1, 1];

    public static double[] Gaussian(RandomStream random, int d) => [.. Enumerable.Range(0, d).Select(_ => random.NextNearlyNormal())];

    public static double[] Unit(double[] vector)
    {
        double norm = Math.Sqrt(vector.Sum(value => value * value));
        return Array.ConvertAll(vector, value => value / norm);
    }

    public static double[] Plus(double[] a, double[] b, double weight = 1) => [.. a.Zip(b, (x, y) => x + weight * y)];

    public static EmbeddingSet Set(Modality modality, IEnumerable<double[]> rows, IReadOnlyList<string>? ids = null)
    {
        double[][] list = [.. rows];
        return new EmbeddingSet(modality, [.. list.SelectMany(row => row.Select(value => (float)value))], list[0].Length, names: new RowNames { Ids = ids });
    }

    public static UnitEmbeddings Unit(Modality modality, IEnumerable<double[]> rows) => UnitEmbeddings.Normalize(Set(modality, rows));

    public static PairedEmbeddings Pair(IEnumerable<double[]> first, IEnumerable<double[]> second) =>
        PairedEmbeddings.ByRow(Unit(Modality.Image, first), Unit(Modality.Text, second));

    /// <summary>Image and caption rows around two axes; what an item's rows share is <paramref name="shared"/>, their own noise 1.</summary>
    public static PairedEmbeddings Cones(int n, int d, long seed, double axis = 1.5, double shared = 2)
    {
        RandomStream random = new(seed);
        double[] ofFirst = Unit(Gaussian(random, d)), ofSecond = Unit(Gaussian(random, d));
        List<double[]> first = [], second = [];
        for (int i = 0; i < n; i++)
        {
            double[] meaning = Unit(Gaussian(random, d));
            first.Add(Plus(Plus(Unit(Gaussian(random, d)), ofFirst, axis), meaning, shared));
            second.Add(Plus(Plus(Unit(Gaussian(random, d)), ofSecond, axis), meaning, shared));
        }
        return Pair(first, second);
    }

    /// <summary>The same with a given number of captions for each item in turn, in a shuffled order of rows.</summary>
    public static PairedEmbeddings Captioned(int items, int d, long seed, params int[] captions)
    {
        PairedEmbeddings base1 = Cones(items, d, seed);
        RandomStream random = new RandomStream(seed).Fork("captions");
        (double[] Row, int Item)[] texts =
        [
            .. Enumerable.Range(0, items).SelectMany(item => Enumerable.Range(0, captions[item % captions.Length]).Select(_ =>
                (Plus(Row(base1.Second, item), Unit(Gaussian(random, d)), 0.4), item))),
        ];
        int[] order = random.NextPermutation(texts.Length);
        return new PairedEmbeddings(
            base1.First,
            Unit(Modality.Text, order.Select(k => texts[k].Row)),
            [.. Enumerable.Range(0, items)],
            [.. order.Select(k => texts[k].Item)],
            items);
    }

    public static double[] Row(UnitEmbeddings rows, int i) => Array.ConvertAll(rows.Row(i).ToArray(), value => (double)value);

    public static double[][] All(UnitEmbeddings rows) => [.. Enumerable.Range(0, rows.Rows).Select(i => Row(rows, i))];

    public static RowMatrix Matrix(UnitEmbeddings rows) => new(rows.Values, rows.Rows, rows.Dimensions);

    public static PairEvidence Evidence(PairedEmbeddings pairs, IReadOnlyList<double>? temperatures = null, int threads = 2) =>
        new(pairs, temperatures ?? Temperatures, new RandomStream(20220303), new WorkContext(threads));

    /// <summary>All measures of the catalogue, by key.</summary>
    public static Dictionary<string, Measurement> Measure(PairedEmbeddings pairs) =>
        MeasureCatalog.Measures.SelectMany(measure => measure.Compute(Evidence(pairs))).ToDictionary(measurement => measurement.Key);
}
