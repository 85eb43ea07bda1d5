namespace ModalityGap;

/// <summary>How a linear analysis is run. Every default is what the tool uses without options.</summary>
public sealed record LinearOptions
{
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

    /// <summary>How the sample is measured by what needs every pair of rows: cosines of mismatched pairs, thresholds, search; default not at all.</summary>
    public AnalysisOptions? OnSample { get; init; }

    /// <summary>Refuses options that make no sense.</summary>
    /// <exception cref="ArgumentException">Names the option.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(SamplePairs, 50);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SamplePairs, 1 << 20);
    }
}
