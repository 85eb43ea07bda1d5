using ModalityGap.Embeddings;
using ModalityGap.Explanations;

namespace ModalityGap;

/// <summary>Which group each item belongs to.</summary>
internal static class ItemGroups
{
    /// <summary>The group of each item, or <c>null</c> where none is known.</summary>
    /// <param name="alignment">The items.</param>
    /// <param name="firstInput">The first input, as read.</param>
    /// <param name="asked">The groups that were asked for; <c>null</c> for the input's own labels.</param>
    /// <exception cref="EmbeddingDataException">The list does not hold a group for each row as read.</exception>
    public static IReadOnlyList<string>? Of(Alignment alignment, EmbeddingSet firstInput, RowWords? asked)
    {
        RowNames names = alignment.Pair(0, 1).OneToOne().First.Names;
        if (asked is null)
            return names.Labels is { } labels && AreGroups(labels) ? labels : null;
        if (asked.Words.Count != firstInput.Rows)
            throw new EmbeddingDataException(
                asked.Source,
                $"it names the groups of {asked.Words.Count} rows; {firstInput.Provenance.Source} has {firstInput.Rows}.",
                "Give one group per row of the first file, in its order.");
        return [.. Enumerable.Range(0, alignment.Items).Select(item => asked.Words[names.PositionOf(item)])];
    }

    // A label of its own for nearly every row is a name.
    private static bool AreGroups(IReadOnlyList<string> labels)
    {
        int distinct = labels.Distinct().Count();
        return distinct is >= 2 and <= GroupSlices.Most && labels.Count >= GroupSlices.FewestItems * distinct;
    }
}
