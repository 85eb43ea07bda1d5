using ModalityGap.Embeddings;
using ModalityGap.Measures;

namespace ModalityGap.Comparisons;

/// <summary>One model or checkpoint.</summary>
public sealed record RunResult
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Number of dimensions.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Where the rows of the first modality came from.</summary>
    public required Provenance First { get; init; }

    /// <summary>Where the rows of the second modality came from.</summary>
    public required Provenance Second { get; init; }

    /// <summary>Number of rows of the first modality.</summary>
    public required int FirstRows { get; init; }

    /// <summary>Number of rows of the second modality.</summary>
    public required int SecondRows { get; init; }

    /// <summary>Its numbers, by <see cref="Measurement.Key"/>.</summary>
    public required IReadOnlyDictionary<string, Measurement> Measures { get; init; }
}

/// <summary>One model less another.</summary>
public sealed record RunDifference
{
    /// <summary>The model.</summary>
    public required string Run { get; init; }

    /// <summary>The model that is subtracted.</summary>
    public required string Against { get; init; }

    /// <summary>The differences, by <see cref="Measurement.Key"/>; the intervals account for the items being the same.</summary>
    public required IReadOnlyDictionary<string, Measurement> Measures { get; init; }
}
