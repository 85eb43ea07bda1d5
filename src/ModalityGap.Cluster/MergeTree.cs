namespace ModalityGap.Cluster;

/// <summary>
/// Merges the parts of n shards as they come, two neighbours at a time, always the same two: in whatever order workers finish, the sums are added in one
/// order and the result is the same to the bit.
/// </summary>
/// <param name="shards">n.</param>
/// <param name="merge">Merges the parts of two neighbouring runs of shards, the lower one first.</param>
internal sealed class MergeTree(int shards, Func<byte[], byte[], byte[]> merge)
{
    private readonly Dictionary<(int Level, int Index), byte[]> waiting = [];

    /// <summary>How many shards have come.</summary>
    public int Come { get; private set; }

    /// <summary>The part of all shards; <c>null</c> before the last has come.</summary>
    public byte[]? Root { get; private set; }

    /// <summary>Takes a part; a shard comes once.</summary>
    public void Add(int shard, byte[] part)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, shards);
        Come++;
        for ((int level, int index, int count) = (0, shard, shards); ; (level, index, count) = (level + 1, index / 2, (count + 1) / 2))
        {
            if (count == 1)
            {
                Root = part;
                return;
            }
            int neighbour = index ^ 1;
            // The last of an odd number has no neighbour and goes up alone.
            if (neighbour >= count)
                continue;
            if (!waiting.Remove((level, neighbour), out byte[]? other))
            {
                waiting.Add((level, index), part);
                return;
            }
            part = index < neighbour ? merge(part, other) : merge(other, part);
        }
    }
}
