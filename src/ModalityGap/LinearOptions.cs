using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap;

/// <summary>How a linear analysis is run. Every default is what the tool uses without options.</summary>
public sealed record LinearOptions
{
    /// <summary>The largest sample, whose pairs take hours already.</summary>
    public const int MostSamplePairs = 1 << 20;

    // A part holds it in one array of bytes.
    private const long MostSampleBytes = 1_800_000_000;

    /// <summary>Seed of the sample. Default 20220303.</summary>
    public long Seed { get; init; } = new AnalysisOptions().Seed;

    /// <summary>How many threads work at once; 0 (the default) for one per core. Changes the speed, never a bit of the result.</summary>
    public int Threads { get; init; }

    /// <summary>Whether items with a zero or non-finite row are left out instead of stopping the analysis. Default no.</summary>
    public bool SkipInvalid { get; init; }

    /// <summary>
    /// How many items are kept as a random sample, from which the intervals come; the numbers themselves are of all items. Default 1024, which
    /// tells the width of an interval within some 3 %.
    /// </summary>
    public int SamplePairs { get; init; } = 1024;

    /// <summary>
    /// How the sample is measured by what needs every pair of rows: cosines of mismatched pairs, thresholds, search; default not at all. Of these options
    /// the temperatures and the prevalence count; seed and threads are those of the pass.
    /// </summary>
    public AnalysisOptions? OnSample { get; init; }

    /// <summary>Refuses options that make no sense.</summary>
    /// <exception cref="ArgumentException">Names the option.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(SamplePairs, 50);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SamplePairs, MostSamplePairs);
        OnSample?.Check();
    }

    /// <summary>Refuses a sample that does not fit into an array.</summary>
    /// <param name="source">What is measured.</param>
    /// <param name="items">How many items there are.</param>
    /// <param name="values">Values of an item in all modalities.</param>
    /// <exception cref="EmbeddingDataException">It does not.</exception>
    internal void CheckSample(string source, long items, long values)
    {
        long sampled = Math.Min(items, SamplePairs);
        if (sampled * values * sizeof(float) > MostSampleBytes)
            throw new EmbeddingDataException(
                source,
                $"a sample of {Shown.Count(sampled)} items of {Shown.Count(values)} values is too large.",
                $"Sample at most {Shown.Count(MostSampleBytes / sizeof(float) / values)} items.");
    }
}
