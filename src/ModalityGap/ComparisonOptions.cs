using ModalityGap.Comparisons;
using ModalityGap.Embeddings;

namespace ModalityGap;

/// <summary>How models are compared. Every default is what the tool uses without options.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Seed of everything random: resampling, galleries, permutations. Default 20220303.</summary>
    public long Seed { get; init; } = 20220303;

    /// <summary>How many threads work at once; 0 (the default) for one per core. Changes the speed, never a bit of the result.</summary>
    public int Threads { get; init; }

    /// <summary>How rows are matched, within a model and across models. Default by row, or by id where every input has ids.</summary>
    public PairingRule PairedBy { get; init; } = PairingRule.Automatic;

    /// <summary>Rows of the second modality per row of the first, where rows are matched by position. Default 1.</summary>
    public int TextsPerItem { get; init; } = 1;

    /// <summary>Whether items with a zero or non-finite row in any model are left out of all. Default no.</summary>
    public bool SkipInvalid { get; init; }

    /// <summary>
    /// The number to rank by: one of <see cref="ModelComparison.Measures"/>, of which recall stands for the mean of both directions, or a key with
    /// its subject such as <c>recall-at-1/text-to-image</c>. Default <c>recall-at-1</c>.
    /// </summary>
    public string By { get; init; } = "recall-at-1";

    /// <summary>
    /// Whether the cosines and a map of each model come along, for a page. Default no: they take three sweeps over the pairs of rows more.
    /// </summary>
    public bool Pictures { get; init; }

    /// <summary>Refuses options that make no sense.</summary>
    /// <exception cref="ArgumentException">Names the option.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(TextsPerItem, 1);
        if (!Headlines.ById.ContainsKey(By.Split('/')[0]))
            throw new ArgumentException($"Models cannot be ranked by \"{By}\". There are {string.Join(", ", Headlines.ById.Keys)}.", nameof(By));
    }
}
