using ModalityGap.Statistics;

namespace ModalityGap.Projections;

/// <summary>
/// Both modalities in the plane of the first two right singular directions of the stacked, uncentred rows (the paper's
/// supplementary Figure 4), with the sign of each direction fixed so that its largest entry is positive; and the same pairs in
/// <see cref="Layouts"/> of other kinds, where they were asked for.
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

    /// <summary>Trustworthiness of this layout, as in <see cref="MapLayout.Trustworthiness"/>; <c>null</c> in results of versions that did not judge it.</summary>
    public Estimate? Trustworthiness { get; init; }

    /// <summary>The same pairs laid out in other ways, in the order in which they were asked for; <c>null</c> where none was.</summary>
    public IReadOnlyList<MapLayout>? Layouts { get; init; }

    /// <summary>What is known of each shown pair; <c>null</c> where it was not asked for.</summary>
    public MapFacts? Facts { get; init; }

    /// <summary>All layouts in one form, the singular directions first.</summary>
    public IReadOnlyList<MapLayout> AllLayouts() =>
    [
        new MapLayout
        {
            Id = MapLayout.Svd,
            First = First,
            Second = Second,
            FirstCentroid = FirstCentroid,
            SecondCentroid = SecondCentroid,
            Origin = new MapPoint(0, 0),
            Shares = Shares,
            Trustworthiness = Trustworthiness,
        },
        .. Layouts ?? [],
    ];
}
