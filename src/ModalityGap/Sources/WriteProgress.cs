namespace ModalityGap.Sources;

/// <summary>Counts the values that are written and tells the share of all.</summary>
internal sealed class WriteProgress(WriteOptions options, IEnumerable<Embeddings.EmbeddingSet> sets)
{
    private readonly double total = Math.Max(1, sets.Sum(set => (double)set.Values.Length));
    private double done;

    public void Add(int values)
    {
        done += values;
        options.Progress?.Report(done / total);
    }
}
