namespace ModalityGap.Sources;

/// <summary>A piece of a corpus: rows of every modality that belong together by their place, row i with row i.</summary>
/// <param name="Number">
/// Its number, as the files' names have it. An item's identity is this number and its row, so that a corpus without one of its shards keeps
/// the identities of all others.
/// </param>
/// <param name="Rows">Number of items.</param>
public readonly record struct Shard(int Number, long Rows)
{
    /// <summary>More rows than any file has.</summary>
    internal const int RowBits = 40;

    /// <summary>The largest number for which number and row fit into one index.</summary>
    internal const int MostNumber = (1 << (63 - RowBits)) - 1;

    /// <summary>The identity of a shard's first item; those of the others follow.</summary>
    internal static long FirstItem(int number) => (long)number << RowBits;

    /// <summary>The row of an item in its shard.</summary>
    internal static long RowOf(long item) => item & ((1L << RowBits) - 1);
}

/// <summary>Consecutive rows of one shard.</summary>
/// <param name="Shard">The shard's number.</param>
/// <param name="First">The first row.</param>
/// <param name="Count">How many.</param>
public readonly record struct ShardRange(int Shard, long First, long Count)
{
    /// <summary>The row after the last.</summary>
    public long End => First + Count;
}

/// <summary>A shard that was left out.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Reason">What is wrong with it, with the file's name.</param>
public sealed record SkippedShard(int Number, string Reason);
