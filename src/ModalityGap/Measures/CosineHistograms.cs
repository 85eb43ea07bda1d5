namespace ModalityGap.Measures;

/// <summary>
/// Cosines of four kinds of pairs in bins of equal width over [-1, 1]: bin k holds the cosines in
/// [-1 + 2k/bins, -1 + 2(k+1)/bins), the last bin also 1.
/// </summary>
public sealed record CosineHistograms
{
    /// <summary>Number of bins.</summary>
    public required int Bins { get; init; }

    /// <summary>Matched pairs: a row and its own partner.</summary>
    public required IReadOnlyList<long> Matched { get; init; }

    /// <summary>Unmatched pairs: a row of one modality and somebody else's partner.</summary>
    public required IReadOnlyList<long> Unmatched { get; init; }

    /// <summary>Two different rows of the first modality.</summary>
    public required IReadOnlyList<long> WithinFirst { get; init; }

    /// <summary>Two different rows of the second modality.</summary>
    public required IReadOnlyList<long> WithinSecond { get; init; }
}
