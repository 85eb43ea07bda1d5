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
    /// <param name="names">Ids, labels and captions of the rows; default none.</param>
    public EmbeddingSet(
        Modality modality,
        float[] values,
        int dimensions,
        Provenance? provenance = null,
        RowNames? names = null)
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
        Names = (names ?? RowNames.None).For(Rows, nameof(names));
    }

    /// <summary>What the rows are embeddings of.</summary>
    public Modality Modality { get; }

    /// <summary>n.</summary>
    public int Rows { get; }

    /// <summary>d.</summary>
    public int Dimensions { get; }

    /// <summary>Where the rows came from.</summary>
    public Provenance Provenance { get; }

    /// <summary>Ids, labels and captions of the rows.</summary>
    public RowNames Names { get; }

    /// <summary>One id per row, or <c>null</c>.</summary>
    public IReadOnlyList<string>? Ids => Names.Ids;

    /// <summary>One label per row, or <c>null</c>.</summary>
    public IReadOnlyList<string>? Labels => Names.Labels;

    /// <summary>One caption per row, or <c>null</c>.</summary>
    public IReadOnlyList<string>? Captions => Names.Captions;

    internal float[] Values { get; }

    /// <summary>Row <paramref name="index"/> as read, d values.</summary>
    public ReadOnlySpan<float> Row(int index) => Values.AsSpan(checked(index * Dimensions), Dimensions);

    /// <summary>The same rows under another modality.</summary>
    public EmbeddingSet As(Modality modality) => new(modality, Values, Dimensions, Provenance, Names);

    /// <summary>The same rows with these ids, labels and captions.</summary>
    public EmbeddingSet WithNames(RowNames names) => new(Modality, Values, Dimensions, Provenance, names);

    /// <summary>The same rows with these ids.</summary>
    public EmbeddingSet WithIds(IReadOnlyList<string> ids) => new(Modality, Values, Dimensions, Provenance, Names with { Ids = ids });

    /// <summary>The rows with these indices, in their order.</summary>
    public EmbeddingSet Select(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var values = new float[checked(rows.Count * Dimensions)];
        for (int i = 0; i < rows.Count; i++)
            Row(rows[i]).CopyTo(values.AsSpan(i * Dimensions, Dimensions));
        return new EmbeddingSet(Modality, values, Dimensions, Provenance, Names.Select(rows));
    }
}
