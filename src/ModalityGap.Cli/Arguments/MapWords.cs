using ModalityGap.Projections;

namespace ModalityGap.Cli.Arguments;

/// <summary>What the layouts are called on the command line.</summary>
internal static class MapWords
{
    public static string[] All { get; } = [.. Enum.GetValues<MapKind>().Select(Of)];

    /// <summary>What a page shows by default: the linear ones, which are honest about the gap, UMAP and t-SNE.</summary>
    public static IReadOnlyList<MapKind> OfPage { get; } = [MapKind.Svd, MapKind.Pca, MapKind.Umap, MapKind.Tsne];

    public static string Of(MapKind kind) => kind.ToString().ToLowerInvariant();

    public static MapKind Kind(string word) => Enum.Parse<MapKind>(word, ignoreCase: true);
}
