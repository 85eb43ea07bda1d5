using ModalityGap.Embeddings;

namespace ModalityGap;

/// <summary>How a correction is chosen. Every default is what the tool uses without options.</summary>
public sealed record CorrectionOptions
{
    /// <summary>Seed of everything random: folds, galleries, resampling. Default 20220303.</summary>
    public long Seed { get; init; } = 20220303;

    /// <summary>How many threads work at once; 0 (the default) for one per core. Changes the speed, never a bit of the result.</summary>
    public int Threads { get; init; }

    /// <summary>How rows are matched. Default by row, or by id where every input has ids.</summary>
    public PairingRule PairedBy { get; init; } = PairingRule.Automatic;

    /// <summary>Rows of the second modality per row of the first, where rows are matched by position. Default 1.</summary>
    public int TextsPerItem { get; init; } = 1;

    /// <summary>Whether items with a zero or non-finite row are left out instead of stopping. Default no.</summary>
    public bool SkipInvalid { get; init; }

    /// <summary>The modality that asks; default the last of three, or of two the one with several rows per item.</summary>
    public string? Query { get; init; }

    /// <summary>The id of the correction to fit whatever the evidence; default the recommended one.</summary>
    public string? Method { get; init; }

    /// <summary>
    /// The most items among which candidates are fitted and judged; of larger sets a random sample of this size, and the result says so.
    /// The correction that is kept is fitted on every item. Default 2,000, half a minute of work on two cores at 512 dimensions.
    /// </summary>
    public int TrialItems { get; init; } = 2000;

    /// <summary>Refuses options that make no sense.</summary>
    /// <exception cref="ArgumentException">Names the option.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(TextsPerItem, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TrialItems, Selection.NestedSelection.FewestItems);
        if (Method is not null && !CorrectionSelection.Methods.Contains(Method))
            throw new ArgumentException($"There is no correction \"{Method}\". There are {string.Join(", ", CorrectionSelection.Methods)}.", nameof(Method));
    }
}
