using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// Rows of two modalities or more in any number of shards, to be read once, a few files open at a time. One pair of files is a corpus of one
/// shard. What headers tell is checked before any row is read.
/// </summary>
public sealed class EmbeddingCorpus
{
    private readonly IReadOnlyList<EmbeddingStream>? open;
    private readonly IReadOnlyDictionary<int, IReadOnlyList<string>> paths;
    private readonly ReadOptions options;
    private readonly Dictionary<int, long> rowsOf;

    private EmbeddingCorpus(
        CorpusDescription description,
        IReadOnlyList<EmbeddingStream>? open,
        IReadOnlyDictionary<int, IReadOnlyList<string>> paths,
        ReadOptions options)
    {
        (Description, this.open, this.paths, this.options) = (description, open, paths, options);
        rowsOf = description.Shards.ToDictionary(shard => shard.Number, shard => shard.Rows);
    }

    /// <summary>What names and headers tell.</summary>
    public CorpusDescription Description { get; }

    /// <summary>The corpus of one shard that these streams are; they stay the caller's to dispose.</summary>
    /// <param name="streams">One per modality, at least two.</param>
    /// <exception cref="ArgumentException">There are fewer than two, or two have the same name.</exception>
    /// <exception cref="EmbeddingDataException">They do not fit together.</exception>
    public static EmbeddingCorpus Of(IReadOnlyList<EmbeddingStream> streams)
    {
        ArgumentNullException.ThrowIfNull(streams);
        StreamFit.Check(streams);
        return new EmbeddingCorpus(
            new CorpusDescription([.. streams.Select(Describe)], streams[0].Dimensions, [new Shard(0, streams[0].Rows)], []),
            streams,
            new Dictionary<int, IReadOnlyList<string>>(),
            new ReadOptions());
    }

    /// <summary>Whether these paths name shards: one folder as clip-retrieval writes it, or patterns and nothing else.</summary>
    public static bool IsNamedBy(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return paths.Count > 0 && paths.All(ShardPattern.Is);
    }

    /// <summary>Finds the shards and reads their headers.</summary>
    /// <param name="patterns">
    /// One folder with <c>img_emb</c> and <c>text_emb</c> in it, or one pattern per modality (<c>img_{0..63}.npy</c>, <c>img_*.npy</c>, or a
    /// folder of numbered files). Shards are paired by their numbers.
    /// </param>
    /// <param name="skipShards">Whether shards that cannot be used are left out instead of stopping.</param>
    /// <param name="options">How files are read.</param>
    /// <param name="cancellation">Stops the reading of headers.</param>
    /// <exception cref="EmbeddingDataException">A shard is missing, cannot be read or does not fit, and is not to be skipped.</exception>
    public static EmbeddingCorpus Open(
        IReadOnlyList<string> patterns, bool skipShards = false, ReadOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns is [{ } folder] && Directory.Exists(folder))
            patterns = ShardFolder.Patterns(folder);
        options ??= new ReadOptions();
        var survey = new ShardSurvey(patterns, skipShards, options, cancellation);
        return new EmbeddingCorpus(survey.Run(), null, survey.Paths, options);
    }

    /// <summary>The same corpus with other names for its modalities, in their order.</summary>
    public EmbeddingCorpus As(IReadOnlyList<Modality> modalities)
    {
        ArgumentNullException.ThrowIfNull(modalities);
        ArgumentOutOfRangeException.ThrowIfNotEqual(modalities.Count, Description.Modalities.Count);
        if (modalities.Distinct().Count() < modalities.Count)
            throw new ArgumentException("Give each modality a name of its own.", nameof(modalities));
        CorpusModality[] named = [.. Description.Modalities.Select((modality, m) => modality with { Modality = modalities[m] })];
        return new EmbeddingCorpus(Description with { Modalities = named }, open, paths, options);
    }

    /// <summary>Opens a shard, which must be as it was when its header was read.</summary>
    /// <exception cref="EmbeddingDataException">It cannot be read, or has changed.</exception>
    internal OpenShard OpenShard(int number, CancellationToken cancellation)
    {
        if (open is not null)
            return new OpenShard(number, open, owned: false);
        IReadOnlyList<EmbeddingStream> streams = EmbeddingStream.OpenAll(paths[number], options, cancellation);
        var shard = new OpenShard(number, streams, owned: true);
        long rows = rowsOf[number];
        if (streams.All(stream => stream.Rows == rows && stream.Dimensions == Description.Dimensions))
            return shard;
        shard.Dispose();
        throw new EmbeddingDataException(
            paths[number][0], "its shape changed since its header was read.", "Something is still writing it: run again when it is complete.");
    }

    internal static CorpusModality Describe(EmbeddingStream stream) => new(stream.Modality, stream.Provenance, stream.ReadWhole);
}

/// <summary>A shard's streams while it is read.</summary>
internal sealed class OpenShard(int number, IReadOnlyList<EmbeddingStream> streams, bool owned) : IDisposable
{
    public int Number => number;

    public IReadOnlyList<EmbeddingStream> Streams => streams;

    public void Dispose()
    {
        foreach (EmbeddingStream stream in owned ? streams : [])
            stream.Dispose();
    }
}
