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
        var tally = new FaultTally();
        Count(tally, NotANumber, double.NaN);
        Count(tally, Infinite, double.PositiveInfinity);
        Count(tally, Zero, 0);
        return tally.AsException(set.Provenance.Source);
    }

    private static void Count(FaultTally tally, IReadOnlyList<int> rows, double norm)
    {
        foreach (int row in rows)
            tally.Add(row, norm);
    }
}
