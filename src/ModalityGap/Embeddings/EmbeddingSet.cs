namespace ModalityGap.Embeddings;

/// <summary>
/// Embeddings of one modality exactly as they were read: n rows of d float32 values (wider types rounded, narrower ones widened).
/// Nothing is known yet about their norms; <see cref="UnitEmbeddings.Normalize"/> finds out.
/// </summary>
public sealed class EmbeddingSet
{
    /// <summary>Takes ownership of row-major values.</summary>
    /// <param name="modality">What the rows are embeddings of.</param>
    /// <param name="values">Row-major values, n x d; not copied, not to be changed afterwards.</param>
    /// <param name="dimensions">d, at least 1; the length of <paramref name="values"/> is a multiple of it.</param>
    /// <param name="provenance">Where the rows came from; default <see cref="Provenance.InMemory"/>.</param>
    /// <param name="ids">One id per row, by which rows are paired; default none.</param>
    /// <param name="labels">One label per row (a class, a group); default none.</param>
    public EmbeddingSet(
        Modality modality,
        float[] values,
        int dimensions,
        Provenance? provenance = null,
        IReadOnlyList<string>? ids = null,
        IReadOnlyList<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (values.Length % dimensions != 0)
            throw new ArgumentException($"{values.Length} values are not whole rows of {dimensions}.", nameof(values));
        Modality = modality;
        Values = values;
        Dimensions = dimensions;
        Rows = values.Length / dimensions;
        Provenance = provenance ?? Provenance.InMemory;
        Ids = PerRow(ids, nameof(ids));
        Labels = PerRow(labels, nameof(labels));
    }

    /// <summary>What the rows are embeddings of.</summary>
    public Modality Modality { get; }

    /// <summary>n.</summary>
    public int Rows { get; }

    /// <summary>d.</summary>
    public int Dimensions { get; }

    /// <summary>Where the rows came from.</summary>
    public Provenance Provenance { get; }

    /// <summary>One id per row, or <c>null</c>.</summary>
    public IReadOnlyList<string>? Ids { get; }

    /// <summary>One label per row, or <c>null</c>.</summary>
    public IReadOnlyList<string>? Labels { get; }

    internal float[] Values { get; }

    /// <summary>Row <paramref name="index"/> as read, d values.</summary>
    public ReadOnlySpan<float> Row(int index) => Values.AsSpan(checked(index * Dimensions), Dimensions);

    /// <summary>The same rows under another modality.</summary>
    public EmbeddingSet As(Modality modality) => new(modality, Values, Dimensions, Provenance, Ids, Labels);

    /// <summary>The same rows with these ids.</summary>
    public EmbeddingSet WithIds(IReadOnlyList<string> ids) => new(Modality, Values, Dimensions, Provenance, ids, Labels);

    /// <summary>The rows with these indices, in their order.</summary>
    public EmbeddingSet Select(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var values = new float[checked(rows.Count * Dimensions)];
        for (int i = 0; i < rows.Count; i++)
            Row(rows[i]).CopyTo(values.AsSpan(i * Dimensions, Dimensions));
        return new EmbeddingSet(Modality, values, Dimensions, Provenance, Pick(Ids, rows), Pick(Labels, rows));
    }

    private static string[]? Pick(IReadOnlyList<string>? list, IReadOnlyList<int> rows) =>
        list is null ? null : [.. rows.Select(row => list[row])];

    private IReadOnlyList<string>? PerRow(IReadOnlyList<string>? list, string name) =>
        list is null || list.Count == Rows
            ? list
            : throw new ArgumentException($"{list.Count} entries for {Rows} rows.", name);
}
