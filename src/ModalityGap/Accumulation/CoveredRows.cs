using ModalityGap.Sources;

namespace ModalityGap.Accumulation;

/// <summary>Which rows of a corpus have been measured.</summary>
internal sealed class CoveredRows(CorpusDescription corpus)
{
    private const int Named = 5;

    private readonly Lazy<Dictionary<int, long>> rows = new(() => corpus.Shards.ToDictionary(shard => shard.Number, shard => shard.Rows));

    // By shard, so that a part costs what it holds, however many came before.
    private readonly SortedDictionary<int, List<ShardRange>> ranges = [];

    /// <summary>In order, neighbours joined.</summary>
    public IReadOnlyList<ShardRange> Ranges => [.. ranges.Values.SelectMany(ofShard => ofShard)];

    /// <summary>Why these rows cannot be added, as a sentence, or <c>null</c>.</summary>
    public string? Refusal(IReadOnlyList<ShardRange> more)
    {
        foreach (ShardRange range in more)
            if (range.First < 0 || range.Count < 1 || !rows.Value.TryGetValue(range.Shard, out long all) || range.End > all)
                return $"The corpus has no rows {range.First} to {range.End - 1} in shard {range.Shard}.";
        foreach (IGrouping<int, ShardRange> ofShard in more.GroupBy(range => range.Shard))
        {
            ShardRange[] together = [.. InOrder(Of(ofShard.Key).Concat(ofShard))];
            for (int i = 1; i < together.Length; i++)
                if (together[i].First < together[i - 1].End)
                    return $"{InWords([together[i] with { Count = Math.Min(together[i].End, together[i - 1].End) - together[i].First }], corpus)} "
                        + "in two of the parts.";
        }
        return null;
    }

    public void Add(IEnumerable<ShardRange> more)
    {
        foreach (IGrouping<int, ShardRange> ofShard in more.GroupBy(range => range.Shard))
            ranges[ofShard.Key] = Joined(Of(ofShard.Key).Concat(ofShard));
    }

    /// <summary>Ranges in order, neighbours joined.</summary>
    public static List<ShardRange> Joined(IEnumerable<ShardRange> ranges)
    {
        List<ShardRange> joined = [];
        foreach (ShardRange range in InOrder(ranges))
            if (joined is [.., { } last] && last.Shard == range.Shard && last.End == range.First)
                joined[^1] = last with { Count = last.Count + range.Count };
            else
                joined.Add(range);
        return joined;
    }

    /// <summary>What of the corpus is not among them.</summary>
    public ShardRange[] Missing()
    {
        List<ShardRange> missing = [];
        foreach (Shard shard in corpus.Shards)
        {
            long at = 0;
            foreach (ShardRange range in Of(shard.Number).Append(new ShardRange(shard.Number, shard.Rows, 0)))
            {
                if (range.First > at)
                    missing.Add(new ShardRange(shard.Number, at, range.First - at));
                at = range.End;
            }
        }
        return [.. missing];
    }

    /// <summary>Names them with the verb: "shard 3 is", "rows 0 to 99 of shard 2 are".</summary>
    public static string InWords(IReadOnlyList<ShardRange> ranges, CorpusDescription corpus)
    {
        bool one = ranges is [{ First: 0 } only] && corpus.Shards.Contains(new Shard(only.Shard, only.Count));
        return $"{Names(ranges, corpus)} {(one ? "is" : "are")}";
    }

    /// <summary>Names shards, and rows where a shard is not meant whole: "shards 3, 4", "rows 0 to 99 of shard 2".</summary>
    public static string Names(IReadOnlyList<ShardRange> ranges, CorpusDescription corpus)
    {
        HashSet<Shard> all = [.. corpus.Shards];
        string[] whole = [.. ranges.Where(IsWhole).Select(range => $"{range.Shard}")];
        string[] parts = [.. ranges.Where(range => !IsWhole(range)).Select(range =>
            $"rows {range.First} to {range.End - 1}" + (all.Count == 1 ? "" : $" of shard {range.Shard}"))];
        string shards = whole.Length == 0 ? "" : $"shard{(whole.Length == 1 ? "" : "s")} {Shown.Some(whole, Named)}";
        return string.Join(" and ", ((string[])[shards, Shown.Some(parts, Named)]).Where(words => words.Length > 0));

        bool IsWhole(ShardRange range) => range.First == 0 && all.Contains(new Shard(range.Shard, range.Count));
    }

    private List<ShardRange> Of(int shard) => ranges.GetValueOrDefault(shard) ?? [];

    private static IEnumerable<ShardRange> InOrder(IEnumerable<ShardRange> ranges) => ranges.OrderBy(range => range.Shard).ThenBy(range => range.First);
}
