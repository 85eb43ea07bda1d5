using ModalityGap.Measures;

namespace ModalityGap;

/// <summary>
/// What needs every pair of rows, of the sampled pairs alone. Cosines and thresholds are those of all rows within their intervals, and precision is that of a
/// search over all; search and the contrastive loss are those of a gallery of as many rows as the sample has, and become harder with more.
/// </summary>
public sealed record LinearSample
{
    /// <summary>Number of items in the sample.</summary>
    public required int Items { get; init; }

    /// <summary>The numbers that one pass cannot tell, by <see cref="Measurement.Key"/>, in the order of the catalogue.</summary>
    public required IReadOnlyDictionary<string, Measurement> Measures { get; init; }

    /// <summary>Cosines from which a pair counts as a match.</summary>
    public required ThresholdTable Thresholds { get; init; }

    /// <summary>Search among both modalities; <c>null</c> where the sample is too small.</summary>
    public MixedSearchTable? MixedSearch { get; init; }
}
