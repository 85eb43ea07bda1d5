using ModalityGap.Measures;

namespace ModalityGap.Comparisons;

/// <summary>The numbers of a pair of modalities that limits are about.</summary>
public sealed record CheckedPair
{
    /// <summary>Name of the first modality.</summary>
    public required string First { get; init; }

    /// <summary>Name of the second modality.</summary>
    public required string Second { get; init; }

    /// <summary>Number of items that both have.</summary>
    public required int Items { get; init; }

    /// <summary>The gap and the search, by <see cref="Measurement.Key"/>; the same values as those of <c>modgap measure</c>.</summary>
    public required IReadOnlyDictionary<string, Measurement> Measures { get; init; }

    /// <summary>The same less the baseline's; empty without one.</summary>
    public required IReadOnlyDictionary<string, Measurement> Drifts { get; init; }
}
