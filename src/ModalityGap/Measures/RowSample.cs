namespace ModalityGap.Measures;

/// <summary>
/// A random sample of items of fixed size: those whose index hashes lowest (bottom-k). Which items these are depends on the seed alone, not on
/// how the items were divided or in which order they came; the samples of parts merge into that of the whole.
/// </summary>
internal sealed class RowSample(int capacity, ulong salt)
{
    // The largest hash comes out first.
    private readonly PriorityQueue<(ulong Hash, long Item, float[][] Rows), ulong> kept = new();

    /// <summary>What hashes to this or above is not wanted any more; never rises.</summary>
    public ulong Limit { get; private set; } = ulong.MaxValue;

    public int Count => kept.Count;

    /// <summary>The sampled items in ascending order, each with its rows.</summary>
    public IEnumerable<(long Item, float[][] Rows)> InOrder() =>
        kept.UnorderedItems.Select(entry => (entry.Element.Item, entry.Element.Rows)).OrderBy(entry => entry.Item);

    /// <summary>Whether an item's hash is among the lowest so far.</summary>
    public bool Wants(long item) => Hash((ulong)item) < Limit;

    /// <summary>Keeps an item that is wanted.</summary>
    /// <param name="item">Its index.</param>
    /// <param name="rows">Its row of each modality; not copied.</param>
    public void Keep(long item, float[][] rows) => Keep(Hash((ulong)item), item, rows);

    public void Merge(RowSample other)
    {
        foreach (((ulong hash, long item, float[][] rows), _) in other.kept.UnorderedItems)
            if (hash < Limit)
                Keep(hash, item, rows);
    }

    /// <summary>Forgets all items; a limit known from elsewhere spares copies that would not last.</summary>
    public void Clear(ulong limit = ulong.MaxValue)
    {
        kept.Clear();
        Limit = limit;
    }

    private void Keep(ulong hash, long item, float[][] rows)
    {
        if (kept.Count < capacity)
            kept.Enqueue((hash, item, rows), ~hash);
        else
            kept.EnqueueDequeue((hash, item, rows), ~hash);
        if (kept.Count == capacity)
            Limit = Math.Min(Limit, kept.Peek().Hash);
    }

    // The finaliser of SplitMix64, which sends different items to different hashes: there are no ties.
    private ulong Hash(ulong item)
    {
        ulong z = salt + item * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
