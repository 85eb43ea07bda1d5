using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Measures;

namespace ModalityGap;

/// <summary>How an evaluation is run. Every default is what the tool uses without options.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Seed of everything random: resampling, galleries, halves, clusters, noise. Default 20220303.</summary>
    public long Seed { get; init; } = 20220303;

    /// <summary>How many threads work at once; 0 (the default) for one per core. Changes the speed, never a bit of the result.</summary>
    public int Threads { get; init; }

    /// <summary>How rows are matched. Default by row, or by id where every input has ids.</summary>
    public PairingRule PairedBy { get; init; } = PairingRule.Automatic;

    /// <summary>Rows of the second modality per row of the first, where rows are matched by position. Default 1.</summary>
    public int TextsPerItem { get; init; } = 1;

    /// <summary>Whether items with a zero or non-finite row are left out instead of stopping. Default no.</summary>
    public bool SkipInvalid { get; init; }

    /// <summary>Whether everything is also evaluated along the gap. Default no.</summary>
    public bool Sweep { get; init; }

    /// <summary>What a shift along the gap moves: <c>both</c> (the default), <c>first-only</c> or <c>second-only</c>.</summary>
    public string Shift { get; init; } = Conventions[0];

    /// <summary>The values of <see cref="Shift"/>.</summary>
    public static IReadOnlyList<string> Conventions { get; } = [.. ShiftConvention.All.Select(convention => convention.Id)];

    /// <summary>Refuses options that make no sense.</summary>
    /// <exception cref="ArgumentException">Names the option.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(TextsPerItem, 1);
        if (!Conventions.Contains(Shift))
            throw new ArgumentException($"A shift moves {string.Join(", ", Conventions)}, not \"{Shift}\".", nameof(Shift));
    }
}

/// <summary>What is known about the rows beside their vectors, and what is to be compared.</summary>
public sealed record EvaluationTask
{
    /// <summary>One label per row of the first input; default the labels that it was read with.</summary>
    public RowWords? Labels { get; init; }

    /// <summary>The prompts of the classes, of the same model, with the class of each as its label, else as its id; default the mean of each label's texts.</summary>
    public EmbeddingSet? Classes { get; init; }

    /// <summary>One group per row of the first input, such as a skin tone; default none.</summary>
    public RowWords? Groups { get; init; }

    /// <summary>Classes that count as one in the table of groups; default none.</summary>
    public IReadOnlyList<ClassSet> ClassSets { get; init; } = [];

    /// <summary>A correction to compare with the rows as they are; default none.</summary>
    public FittedCorrection? Correction { get; init; }
}

/// <summary>One word per row: its label, or its group.</summary>
/// <param name="Source">The file that they are from, for messages.</param>
/// <param name="Words">In the order of the rows as read.</param>
public sealed record RowWords(string Source, IReadOnlyList<string> Words);
