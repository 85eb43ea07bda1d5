namespace ModalityGap.Deployment;

/// <summary>How a fitted correction is applied to a stream of rows.</summary>
public sealed record ApplyOptions
{
    /// <summary>
    /// Whether what is done to scores is written into the rows: documents [a·d, b], queries [q, 1]. Default no. Changes nothing where the
    /// correction leaves scores alone.
    /// </summary>
    public bool Baked { get; init; }

    /// <summary>Whether rows that are zero or not finite, or lose their direction, are left out instead of stopping the work. Default no.</summary>
    public bool SkipInvalid { get; init; }

    /// <summary>How many threads work at once; 0 (the default) for one per core. Changes the speed, never a bit of the result.</summary>
    public int Threads { get; init; }
}

/// <summary>What became of a stream of rows.</summary>
/// <param name="Rows">How many were corrected.</param>
/// <param name="Dimensions">Values of each corrected row.</param>
/// <param name="SkippedRows">How many were left out.</param>
public sealed record AppliedRows(long Rows, int Dimensions, long SkippedRows);
