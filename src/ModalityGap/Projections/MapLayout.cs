using ModalityGap.Statistics;

namespace ModalityGap.Projections;

/// <summary>One way of laying the shown pairs of a <see cref="PairMap"/> out in a plane.</summary>
public sealed record MapLayout
{
    internal const string Svd = "svd", Pca = "pca", Umap = "umap", Tsne = "tsne";

    /// <summary>How: <c>svd</c>, <c>pca</c>, <c>umap</c> or <c>tsne</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Coordinates of the rows of the first modality that are shown; entry k belongs to the map's <see cref="PairMap.Pairs"/>[k].</summary>
    public required IReadOnlyList<MapPoint> First { get; init; }

    /// <summary>Coordinates of the rows of the second modality that are shown.</summary>
    public required IReadOnlyList<MapPoint> Second { get; init; }

    /// <summary>Mean of all rows of the first modality in a linear layout, of its shown points in any other.</summary>
    public required MapPoint FirstCentroid { get; init; }

    /// <summary>Mean of all rows of the second modality in a linear layout, of its shown points in any other.</summary>
    public required MapPoint SecondCentroid { get; init; }

    /// <summary>Where the vector of zeros lies; <c>null</c> where the layout is not linear.</summary>
    public MapPoint? Origin { get; init; }

    /// <summary>Share of the second moment that each direction carries, two values; <c>null</c> where the layout is not linear, and lengths mean nothing.</summary>
    public IReadOnlyList<double>? Shares { get; init; }

    /// <summary>
    /// Whether neighbours in the plane are neighbours by cosine, over the shown rows: k = 15, in [0, 1], 1 when all are, about ½ by chance. Venna and
    /// Kaski, ICANN 2001. <c>null</c> with 30 shown rows or fewer.
    /// </summary>
    public Estimate? Trustworthiness { get; init; }
}
