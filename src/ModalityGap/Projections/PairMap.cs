namespace ModalityGap.Projections;

/// <summary>
/// Both modalities in the plane of the first two right singular directions of the stacked, uncentred rows (the paper's
/// supplementary Figure 4), with the sign of each direction fixed so that its largest entry is positive.
/// </summary>
public sealed record PairMap
{
    /// <summary>Coordinates of the rows of the first modality that are shown; entry k belongs to <see cref="Pairs"/>[k].</summary>
    public required IReadOnlyList<MapPoint> First { get; init; }

    /// <summary>Coordinates of the rows of the second modality that are shown.</summary>
    public required IReadOnlyList<MapPoint> Second { get; init; }

    /// <summary>Index of each pair that is shown.</summary>
    public required IReadOnlyList<int> Pairs { get; init; }

    /// <summary>What the shown rows of the first modality are called, cut to 50 characters; <c>null</c> where they have neither captions nor ids.</summary>
    public IReadOnlyList<string>? FirstNames { get; init; }

    /// <summary>What the shown rows of the second modality are called.</summary>
    public IReadOnlyList<string>? SecondNames { get; init; }

    /// <summary>Number of pairs that the map was drawn from.</summary>
    public required int TotalPairs { get; init; }

    /// <summary>Mean of all rows of the first modality, in the plane.</summary>
    public required MapPoint FirstCentroid { get; init; }

    /// <summary>Mean of all rows of the second modality, in the plane.</summary>
    public required MapPoint SecondCentroid { get; init; }

    /// <summary>Share of the uncentred second moment that each direction carries, two values.</summary>
    public required IReadOnlyList<double> Shares { get; init; }
}

/// <summary>A point of a map.</summary>
/// <param name="X">Along the first direction.</param>
/// <param name="Y">Along the second direction.</param>
public readonly record struct MapPoint(double X, double Y);
