using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// Several modalities in a format whose row is an item: every modality has a value in every row, and one id, one label and one caption serve all.
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
        if (Differ(sets, set => set.Labels))
            return "a row has one label, but the modalities have different labels";
        return Differ(sets, set => set.Captions) ? "a row has one caption, but the modalities have different captions" : null;
    }

    /// <summary>The columns of text that stand before the embeddings, by the names that every reader here knows.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<string> Texts)> TextColumns(IReadOnlyList<EmbeddingSet> sets)
    {
        (string Name, IReadOnlyList<string>? Texts)[] all =
        [
            ("id", First(sets, set => set.Ids)),
            ("label", First(sets, set => set.Labels)),
            ("caption", First(sets, set => set.Captions)),
        ];
        return [.. all.Where(column => column.Texts is not null).Select(column => (column.Name, column.Texts!))];
    }

    /// <summary>The name of a modality's column: with an ending that says what it holds, which every reader here knows.</summary>
    public static string ColumnOf(EmbeddingSet set, int modalities) =>
        modalities == 1 && ModalityNames.IsOrdinal(set.Modality.Name) ? "embedding" : $"{set.Modality}_embedding";

    private static IReadOnlyList<string>? First(IReadOnlyList<EmbeddingSet> sets, Func<EmbeddingSet, IReadOnlyList<string>?> list) =>
        sets.Select(list).FirstOrDefault(texts => texts is not null);

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
