namespace ModalityGap.Embeddings;

/// <summary>
/// Rows of Euclidean norm 1: n x d float32, every value finite. The norms that the rows had before are kept, for they carry
/// information that the cosine throws away.
/// </summary>
public sealed class UnitEmbeddings
{
    private UnitEmbeddings(EmbeddingSet set, float[] values, double[] norms)
    {
        Modality = set.Modality;
        Provenance = set.Provenance;
        Names = set.Names;
        Dimensions = set.Dimensions;
        Values = values;
        OriginalNorms = norms;
    }

    /// <summary>What the rows are embeddings of.</summary>
    public Modality Modality { get; }

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

    /// <summary>n.</summary>
    public int Rows => OriginalNorms.Count;

    /// <summary>d.</summary>
    public int Dimensions { get; }

    /// <summary>The norm of each row before it was set to 1, accumulated in float64.</summary>
    public IReadOnlyList<double> OriginalNorms { get; }

    internal float[] Values { get; }

    /// <summary>Row <paramref name="index"/>, d values of norm 1.</summary>
    public ReadOnlySpan<float> Row(int index) => Values.AsSpan(checked(index * Dimensions), Dimensions);

    /// <summary>
    /// Sets every row to norm 1: x / ‖x‖, the norm accumulated in float64. Rows that have no direction stop it, all of them named at once.
    /// </summary>
    /// <exception cref="EmbeddingDataException">A row is zero or not finite, or there is no row.</exception>
    public static UnitEmbeddings Normalize(EmbeddingSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Rows == 0)
            throw new EmbeddingDataException(set.Provenance.Source, "it holds no rows.", "Check that the export finished.");
        RowFaults faults = RowFaults.Find(set);
        if (faults.Any)
            throw faults.AsException(set);
        var norms = new double[set.Rows];
        var unit = new float[set.Values.Length];
        for (int i = 0; i < set.Rows; i++)
            norms[i] = NormalizeRow(set.Row(i), unit.AsSpan(i * set.Dimensions, set.Dimensions));
        return new(set, unit, norms);
    }

    /// <summary>The rows with these indices, in their order.</summary>
    public UnitEmbeddings Select(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var values = new float[checked(rows.Count * Dimensions)];
        var norms = new double[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            Row(rows[i]).CopyTo(values.AsSpan(i * Dimensions, Dimensions));
            norms[i] = OriginalNorms[rows[i]];
        }
        return Like(values, norms, Names.Select(rows));
    }

    /// <summary>The same rows' identities with other vectors, set to norm 1: what a correction returns.</summary>
    /// <exception cref="EmbeddingDataException">A vector became zero or is not finite.</exception>
    public UnitEmbeddings WithVectors(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        UnitEmbeddings normalized = Normalize(new EmbeddingSet(Modality, values, Dimensions, Provenance, Names));
        return Like(normalized.Values, [.. OriginalNorms], Names);
    }

    /// <summary>The same rows' identities with other vectors, which have norm 1 already and perhaps another number of dimensions.</summary>
    internal UnitEmbeddings WithUnitVectors(float[] values, int dimensions) =>
        new(new EmbeddingSet(Modality, values, dimensions, Provenance, Names), values, [.. OriginalNorms]);

    private UnitEmbeddings Like(float[] values, double[] norms, RowNames names) =>
        new(new EmbeddingSet(Modality, values, Dimensions, Provenance, names), values, norms);

    /// <summary>Writes x / ‖x‖ and returns ‖x‖; where that is zero or not finite the row has no direction.</summary>
    internal static double NormalizeRow(ReadOnlySpan<float> row, Span<float> target)
    {
        double norm = Norm(row);
        for (int k = 0; k < row.Length; k++)
            target[k] = (float)(row[k] / norm);
        return norm;
    }

    internal static double Norm(ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (float value in row)
            sum += (double)value * value;
        return Math.Sqrt(sum);
    }
}
