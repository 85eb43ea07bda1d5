using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Measures;

namespace ModalityGap;

/// <summary>Rows with labels, such as pictures, and prompts of their classes; neither is paired with the other.</summary>
public sealed record ClassificationTask
{
    /// <summary>What is classified, n x d.</summary>
    public required EmbeddingSet Images { get; init; }

    /// <summary>One label per row as read; default the labels that the images were read with.</summary>
    public RowWords? Labels { get; init; }

    /// <summary>The prompts of the classes, of the same model, with the class of each as its label, else as its id; several of one class are an
    /// ensemble.</summary>
    public required EmbeddingSet Classes { get; init; }

    /// <summary>One group per row as read, such as a race; default none.</summary>
    public RowWords? Groups { get; init; }

    /// <summary>Classes that count as one in the table of groups; default none.</summary>
    public IReadOnlyList<ClassSet> ClassSets { get; init; } = [];

    /// <summary>Along which gap rows move; default that of the task, mean image less mean class text.</summary>
    public MeasuredGap? Direction { get; init; }
}

/// <summary>How a classification is run. Every default is what the tool uses without options.</summary>
public sealed record ClassificationOptions
{
    /// <summary>Seed of halves, resamples and shufflings. Default 20220303.</summary>
    public long Seed { get; init; } = new EvaluationOptions().Seed;

    /// <summary>How many threads work at once; 0 (the default) for one per core. Changes the speed, never a bit of the result.</summary>
    public int Threads { get; init; }

    /// <summary>What a shift moves: <c>both</c> (the default, as in the paper's Table 1), <c>first-only</c> (the images, as in its Table 2) or
    /// <c>second-only</c>.</summary>
    public string Shift { get; init; } = EvaluationOptions.Conventions[0];

    /// <summary>Refuses options that make no sense.</summary>
    /// <exception cref="ArgumentException">Names the option.</exception>
    internal ShiftConvention Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        return ShiftConvention.All.FirstOrDefault(candidate => candidate.Id == Shift)
            ?? throw new ArgumentException($"A shift moves {string.Join(", ", EvaluationOptions.Conventions)}, not \"{Shift}\".", nameof(Shift));
    }
}

/// <summary>A gap that was measured on rows other than those that move along it, such as on MSCOCO's pairs in the paper's Table 2.</summary>
/// <param name="Source">On which rows, in words.</param>
/// <param name="Vector">Δ, d values; its length does not matter for a shift.</param>
public sealed record MeasuredGap(string Source, IReadOnlyList<double> Vector)
{
    /// <summary>Δ = mean x - mean y of the rows set to norm 1.</summary>
    /// <param name="source">What these rows are, in words.</param>
    /// <param name="first">x, of the modality that is classified.</param>
    /// <param name="second">y, of the modality of the classes.</param>
    /// <exception cref="EmbeddingDataException">The rows cannot be used.</exception>
    public static MeasuredGap Between(string source, EmbeddingSet first, EmbeddingSet second)
    {
        UnitEmbeddings x = UnitEmbeddings.Normalize(first), y = UnitEmbeddings.Normalize(second);
        if (x.Dimensions != y.Dimensions)
            throw new EmbeddingDataException(second.Provenance.Source, $"its rows have {y.Dimensions} dimensions, the others {x.Dimensions}.",
                "Give rows of one model.");
        return new MeasuredGap(source, GapAlong.Between(x, y).Vector);
    }
}
