namespace ModalityGap.Embeddings;

/// <summary>What rows look like before anything is done to them: their norms, those without a direction, those that repeat.</summary>
public sealed record RowSurvey
{
    /// <summary>Norms of the rows that have a direction, or <c>null</c> where none has.</summary>
    public required NormSummary? Norms { get; init; }

    /// <summary>Indices of rows that hold only zeros.</summary>
    public required IReadOnlyList<int> ZeroRows { get; init; }

    /// <summary>Indices of rows that hold NaN.</summary>
    public required IReadOnlyList<int> NotANumberRows { get; init; }

    /// <summary>Indices of rows that hold an infinite value.</summary>
    public required IReadOnlyList<int> InfiniteRows { get; init; }

    /// <summary>Number of rows that repeat an earlier row bit by bit.</summary>
    public required int DuplicateRows { get; init; }

    /// <summary>Looks at every row.</summary>
    public static RowSurvey Of(EmbeddingSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        RowFaults faults = RowFaults.Find(set);
        return new RowSurvey
        {
            Norms = Summary(set, [.. faults.All]),
            ZeroRows = faults.Zero,
            NotANumberRows = faults.NotANumber,
            InfiniteRows = faults.Infinite,
            DuplicateRows = Embeddings.DuplicateRows.Count(set),
        };
    }

    // Welford's update: the deviation of norms that are all nearly 1 would drown in a difference of squares.
    private static NormSummary? Summary(EmbeddingSet set, HashSet<int> faulty)
    {
        double lowest = double.PositiveInfinity, highest = 0, mean = 0, squares = 0;
        int count = 0;
        for (int i = 0; i < set.Rows; i++)
        {
            if (faulty.Contains(i))
                continue;
            double norm = UnitEmbeddings.Norm(set.Row(i));
            count++;
            double step = norm - mean;
            mean += step / count;
            squares += step * (norm - mean);
            lowest = Math.Min(lowest, norm);
            highest = Math.Max(highest, norm);
        }
        return count == 0 ? null : new NormSummary(lowest, mean, highest, Math.Sqrt(squares / count));
    }
}
