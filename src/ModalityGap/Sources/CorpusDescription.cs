using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>What is known of a corpus from names and headers alone: enough to tell whether two parts are of the same one.</summary>
/// <param name="Modalities">What is embedded, and where it comes from.</param>
/// <param name="Dimensions">d.</param>
/// <param name="Shards">The shards in the order of their numbers.</param>
/// <param name="Skipped">Those that cannot be used and were left out.</param>
public sealed record CorpusDescription(
    IReadOnlyList<CorpusModality> Modalities, int Dimensions, IReadOnlyList<Shard> Shards, IReadOnlyList<SkippedShard> Skipped)
{
    /// <summary>Number of items in all shards.</summary>
    public long Rows => Shards.Sum(shard => shard.Rows);

    /// <summary>Every row of every shard.</summary>
    public IReadOnlyList<ShardRange> Everything => [.. Shards.Select(shard => new ShardRange(shard.Number, 0, shard.Rows))];

    /// <summary>
    /// One of several parts of about equal size: whole shards in a run where there are as many shards as parts, else a run of rows. The same
    /// call gives the same part wherever it is made.
    /// </summary>
    /// <param name="index">Which part, from 0.</param>
    /// <param name="parts">How many there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part, or a part would be empty.</exception>
    public IReadOnlyList<ShardRange> Slice(int index, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, parts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, Rows);
        if (Shards.Count < parts)
            return Cut(Share(index, parts), Share(index + 1, parts));
        int[] ends = Ends(parts);
        int from = index == 0 ? 0 : ends[index - 1];
        return [.. Everything.Skip(from).Take(ends[index] - from)];
    }

    // Where each part's run of shards ends: as near below its share of the rows as can be, with a shard at least for each part.
    private int[] Ends(int parts)
    {
        var ends = new int[parts];
        long rows = 0;
        int shard = 0;
        for (int part = 0; part < parts; part++)
        {
            int last = Shards.Count - (parts - part - 1);
            do
                rows += Shards[shard++].Rows;
            while (shard < last && (part == parts - 1 || rows + Shards[shard].Rows / 2 < Share(part + 1, parts)));
            ends[part] = shard;
        }
        return ends;
    }

    private ShardRange[] Cut(long from, long to)
    {
        List<ShardRange> ranges = [];
        long start = 0;
        foreach (Shard shard in Shards)
        {
            long first = Math.Max(from, start), end = Math.Min(to, start + shard.Rows);
            if (first < end)
                ranges.Add(new ShardRange(shard.Number, first - start, end - first));
            start += shard.Rows;
        }
        return [.. ranges];
    }

    private long Share(int part, int parts) => (long)((Int128)Rows * part / parts);
}

/// <summary>A modality of a corpus.</summary>
/// <param name="Modality">What the rows are embeddings of.</param>
/// <param name="Origin">The file or the pattern of the files' names, and how they hold the rows; without a fingerprint.</param>
/// <param name="ReadWhole">Why the rows had to be read whole, as the end of a sentence; <c>null</c> where they are read in place.</param>
public sealed record CorpusModality(Modality Modality, Provenance Origin, string? ReadWhole);
