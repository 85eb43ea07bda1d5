using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// Several modalities in a format whose row is an item: every modality has a value in every row, and one id and one label serve all.
/// </summary>
internal static class SharedRows
{
    /// <summary>Why these sets are not one table; <c>null</c> when they are.</summary>
    public static string? Obstacle(IReadOnlyList<EmbeddingSet> sets)
    {
        EmbeddingSet first = sets[0];
        if (sets.FirstOrDefault(set => set.Rows != first.Rows) is { } longer)
            return $"a row holds one item of every modality, but {first.Modality} has {first.Rows} rows and {longer.Modality} {longer.Rows}";
        if (Differ(sets, set => set.Ids))
            return "a row has one id, but the modalities have different ids or another order";
        return Differ(sets, set => set.Labels) ? "a row has one label, but the modalities have different labels" : null;
    }

    public static IReadOnlyList<string>? Ids(IReadOnlyList<EmbeddingSet> sets) => sets.FirstOrDefault(set => set.Ids is not null)?.Ids;

    public static IReadOnlyList<string>? Labels(IReadOnlyList<EmbeddingSet> sets) =>
        sets.FirstOrDefault(set => set.Labels is not null)?.Labels;

    /// <summary>The name of a modality's column: with an ending that says what it holds, which every reader here knows.</summary>
    public static string ColumnOf(EmbeddingSet set, int modalities) =>
        modalities == 1 && ModalityNames.IsOrdinal(set.Modality.Name) ? "embedding" : $"{set.Modality}_embedding";

    private static bool Differ(IReadOnlyList<EmbeddingSet> sets, Func<EmbeddingSet, IReadOnlyList<string>?> list)
    {
        IReadOnlyList<string>? first = null;
        foreach (EmbeddingSet set in sets)
        {
            if (list(set) is not { } own)
                continue;
            if (first is not null && !first.SequenceEqual(own))
                return true;
            first = own;
        }
        return false;
    }
}
