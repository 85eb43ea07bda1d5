namespace ModalityGap.Measures;

/// <summary>
/// A random sample of items of fixed size: those whose index hashes lowest (bottom-k). Which items these are depends on the seed alone, not on
/// how the items were divided or in which order they came; the samples of parts merge into that of the whole.
/// </summary>
internal sealed class RowSample(int capacity, ulong salt)
{
    // The largest hash comes out first.
    private readonly PriorityQueue<(ulong Hash, long Item, float[] Rows), ulong> kept = new();

    // Rows of items that were dropped hold the next ones: a long pass leaves no garbage behind.
    private readonly Stack<float[]> spare = new();

    /// <summary>What hashes to this or above is not wanted any more; never rises.</summary>
    public ulong Limit { get; private set; } = ulong.MaxValue;

    /// <summary>The sampled items in ascending order, each with its rows of all modalities, one after the other.</summary>
    public IEnumerable<(long Item, float[] Rows)> InOrder() =>
        kept.UnorderedItems.Select(entry => (entry.Element.Item, entry.Element.Rows)).OrderBy(entry => entry.Item);

    /// <summary>Room for the rows of an item whose hash is among the lowest so far; else nothing.</summary>
    public Span<float> Offer(long item, int values)
    {
        ulong hash = Hash((ulong)item);
        return hash < Limit ? Keep(hash, item, values) : default;
    }

    public void Merge(RowSample other)
    {
        foreach (((ulong hash, long item, float[] rows), _) in other.kept.UnorderedItems)
            if (hash < Limit)
                rows.CopyTo(Keep(hash, item, rows.Length));
    }

    /// <summary>Writes the sampled items.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(kept.Count);
        foreach ((long item, float[] rows) in InOrder())
        {
            writer.Write(item);
            foreach (float value in rows)
                writer.Write(value);
        }
    }

    /// <summary>Takes the items of a sample of the same salt and size.</summary>
    public void Read(BinaryReader reader, int values)
    {
        int items = reader.ReadInt32();
        if (items < 0 || items > capacity)
            throw new InvalidDataException($"its sample holds {items} items of at most {capacity}.");
        for (int i = 0; i < items; i++)
        {
            Span<float> rows = Offer(reader.ReadInt64(), values);
            if (rows.IsEmpty)
                throw new InvalidDataException("its sample is not one of the lowest hashes.");
            for (int k = 0; k < values; k++)
                rows[k] = reader.ReadSingle();
        }
    }

    /// <summary>Forgets all items; a limit known from elsewhere spares copies that would not last.</summary>
    public void Clear(ulong limit = ulong.MaxValue)
    {
        while (kept.TryDequeue(out (ulong Hash, long Item, float[] Rows) entry, out _))
            spare.Push(entry.Rows);
        Limit = limit;
    }

    private float[] Keep(ulong hash, long item, int values)
    {
        if (kept.Count == capacity)
            spare.Push(kept.Dequeue().Rows);
        float[] rows = spare.TryPop(out float[]? used) ? used : GC.AllocateUninitializedArray<float>(values);
        kept.Enqueue((hash, item, rows), ~hash);
        if (kept.Count == capacity)
            Limit = Math.Min(Limit, kept.Peek().Hash);
        return rows;
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
