using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Report.Tests;

/// <summary>Comparisons of models made from the built-in sample: the sample itself, with a part of its gap, with noise.</summary>
internal static class ComparisonSamples
{
    private static readonly Lazy<ComparisonResult> LazyTwo = new(() => Compare(new() { Pictures = true }, ("as it is", 0, 0), ("half the gap", 0.5, 0)));

    private static readonly Lazy<ComparisonResult> LazySix = new(() => Compare(
        new() { Pictures = true, By = "mixed-search" },
        ("as it is", 0, 0), ("half the gap", 0.5, 0), ("no gap", 1, 0), ("some noise", 0, 0.05), ("noise, no gap", 1, 0.05), ("much noise", 0.2, 0.2)));

    private static readonly Lazy<ComparisonResult> LazyThirty = new(() => Compare(
        new() { Pictures = true, TextsPerItem = 1 },
        [.. Enumerable.Range(0, 30).Select(k => ($"a-model-with-a-long-name-that-ends-in-what-it-is-{k:00}", k % 6 / 5.0, k / 6 * 0.05))],
        items: 120));

    private static readonly Lazy<ComparisonResult> LazyHostile = new(() => Compare(
        new() { Pictures = true },
        [(SampleResults.Hostile, 0, 0), (SampleResults.Tricky, 0.5, 0.02), (new string('W', 80), 1, 0.1), ("=1+1", 1, 0.2), ("", 0.7, 0.1)],
        items: 120));

    /// <summary>Two models.</summary>
    public static ComparisonResult Two => LazyTwo.Value;

    /// <summary>Six models, ranked by mixed search.</summary>
    public static ComparisonResult Six => LazySix.Value;

    /// <summary>Thirty models whose names differ in their last letters only.</summary>
    public static ComparisonResult Thirty => LazyThirty.Value;

    /// <summary>Models whose names try to break out of the page.</summary>
    public static ComparisonResult Hostile => LazyHostile.Value;

    /// <summary>A comparison without pictures, as the JSON of a comparison without a page holds it.</summary>
    public static ComparisonResult WithoutPictures => Two with { Pictures = null };

    /// <summary>Two models without a number but the one that ranks them.</summary>
    public static ComparisonResult Missing => Two with
    {
        Pictures = null,
        Runs = [.. Two.Runs.Select(run => run with
        {
            Measures = run.Measures.ToDictionary(one => one.Key, one => one.Key == Two.Ranking.Measure
                ? one.Value
                : Measures.Measurement.Without(one.Value.Id, one.Value.Subject, "There is nothing to measure.")),
        })],
        Differences = [],
        Findings = [new Finding("same-rows", FindingSeverity.Warning, "Both hold <the> very same files.")],
    };

    /// <summary>The result that a test names.</summary>
    public static ComparisonResult Of(string which) => which switch
    {
        "two" => Two,
        "six" => Six,
        "thirty" => Thirty,
        "hostile" => Hostile,
        _ => Missing,
    };

    private static ComparisonResult Compare(ComparisonOptions options, params (string Name, double Closed, double Noise)[] models) =>
        Compare(options with { TextsPerItem = 2 }, models, items: 400);

    private static ComparisonResult Compare(ComparisonOptions options, (string Name, double Closed, double Noise)[] models, int items)
    {
        IReadOnlyList<EmbeddingSet> sample = BuiltInSample.Create();
        int texts = sample[1].Rows / sample[0].Rows;
        double[][] images = [.. Enumerable.Range(0, items).Select(i => Unit(sample[0].Row(i)))];
        double[][] captions = [.. Enumerable.Range(0, items * options.TextsPerItem).Select(i => Unit(sample[1].Row(i / options.TextsPerItem * texts + i % options.TextsPerItem)))];
        double[] gap = [.. Mean(images).Zip(Mean(captions), (a, b) => a - b)];
        return ModelComparison.Run(
            [.. models.Select((model, m) => new ModelRun(
                model.Name, Moved(sample[0], images, gap, -model.Closed / 2, model.Noise, m), Moved(sample[1], captions, gap, model.Closed / 2, model.Noise, m + 100)))],
            options);
    }

    private static EmbeddingSet Moved(EmbeddingSet set, double[][] rows, double[] gap, double by, double noise, int seed)
    {
        var random = new Random(seed);
        return new EmbeddingSet(
            set.Modality,
            [.. rows.SelectMany(row => row.Select((value, k) => (float)(value + by * gap[k] + noise * (random.NextDouble() - 0.5))))],
            set.Dimensions,
            new Provenance($"{set.Modality}-{seed}.npy", "npy", "float32", null, new Fingerprint("sha256", $"{seed:x64}")));
    }

    private static double[] Unit(ReadOnlySpan<float> row)
    {
        double[] values = [.. row.ToArray().Select(value => (double)value)];
        double norm = Math.Sqrt(values.Sum(value => value * value));
        return Array.ConvertAll(values, value => value / norm);
    }

    private static double[] Mean(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(k => rows.Average(row => row[k]))];
}
