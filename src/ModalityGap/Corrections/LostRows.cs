using ModalityGap.Embeddings;

namespace ModalityGap.Corrections;

/// <summary>Rows that have no direction any more: how many, and the first of them.</summary>
internal struct LostRows
{
    public int Count { get; private set; }

    public long First { get; private set; }

    public void Add(long row)
    {
        First = Count == 0 ? row : Math.Min(First, row);
        Count++;
    }

    /// <summary>Adds those of a block that begins at a row.</summary>
    public void Add(LostRows block, long start)
    {
        if (block.Count == 0)
            return;
        First = Count == 0 ? start + block.First : Math.Min(First, start + block.First);
        Count += block.Count;
    }

    /// <summary>Names the first of them and the way out.</summary>
    /// <param name="source">What to call the rows.</param>
    /// <param name="start">The number of the first row that was looked at.</param>
    /// <param name="id">What was done to them.</param>
    public readonly EmbeddingDataException AsException(string source, long start, string id) => new(
        source,
        $"row {start + First}{(Count > 1 ? $" and {Count - 1} more have" : " has")} no direction after the correction {id}.",
        "Nothing of such a row is left but rounding: leave it out, or fit the correction on more and more varied rows.");
}
