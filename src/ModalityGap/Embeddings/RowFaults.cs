namespace ModalityGap.Embeddings;

/// <summary>Rows that have no direction: zero, or with a value that is not finite.</summary>
internal sealed record RowFaults(IReadOnlyList<int> Zero, IReadOnlyList<int> NotANumber, IReadOnlyList<int> Infinite)
{
    public bool Any => Zero.Count + NotANumber.Count + Infinite.Count > 0;

    /// <summary>The indices of all faulty rows.</summary>
    public IEnumerable<int> All => Zero.Concat(NotANumber).Concat(Infinite);

    public static RowFaults Find(EmbeddingSet set)
    {
        List<int> zero = [], notANumber = [], infinite = [];
        for (int i = 0; i < set.Rows; i++)
        {
            double norm = UnitEmbeddings.Norm(set.Row(i));
            if (double.IsNaN(norm))
                notANumber.Add(i);
            else if (double.IsInfinity(norm))
                infinite.Add(i);
            else if (norm == 0)
                zero.Add(i);
        }
        return new(zero, notANumber, infinite);
    }

    public EmbeddingDataException AsException(EmbeddingSet set)
    {
        List<string> parts = [];
        Describe(parts, NotANumber, "NaN");
        Describe(parts, Infinite, "an infinite value");
        Describe(parts, Zero, "only zeros");
        return new EmbeddingDataException(
            set.Provenance.Source,
            $"{string.Join("; ", parts)}.",
            "Such rows have no direction: repair the export, or leave those items out with --skip-invalid.");
    }

    private static void Describe(List<string> parts, IReadOnlyList<int> rows, string what)
    {
        if (rows.Count == 0)
            return;
        string named = string.Join(", ", rows.Take(5));
        string more = rows.Count > 5 ? $" and {rows.Count - 5} more" : "";
        parts.Add(rows.Count == 1 ? $"row {named} holds {what}" : $"rows {named}{more} hold {what}");
    }
}
