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

    /// <summary>The default number of bins, 0.01 wide.</summary>
    internal const int DefaultBins = 200;

    /// <summary>The histograms of a pair.</summary>
    internal static CosineHistograms Of(PairEvidence evidence) => new()
    {
        Bins = DefaultBins,
        Matched = CosineBins.Merge(evidence.Cross.MatchedBins, DefaultBins),
        Unmatched = CosineBins.Merge(evidence.Cross.Bins, DefaultBins),
        WithinFirst = CosineBins.Merge(evidence.WithinFirst.Bins, DefaultBins),
        WithinSecond = CosineBins.Merge(evidence.WithinSecond.Bins, DefaultBins),
    };
}
