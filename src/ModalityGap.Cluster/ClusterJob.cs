using System.Globalization;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cluster;

/// <summary>What a cluster is to measure: the same words as on the command line of one process, and into how many shards the rows are divided.</summary>
[GenerateSerializer]
[Immutable]
[Alias("modgap.cluster-job")]
public sealed record ClusterJob
{
    /// <summary>Files, folders and patterns; every worker must reach them under these names.</summary>
    [Id(0)]
    public required string[] Inputs { get; init; }

    /// <summary>n: into how many shards the rows are divided.</summary>
    [Id(1)]
    public required int Shards { get; init; }

    /// <summary>Names of the modalities; <c>null</c> for those that the files' names tell.</summary>
    [Id(2)]
    public string[]? Modalities { get; init; }

    /// <summary>Seed of the sample.</summary>
    [Id(3)]
    public required long Seed { get; init; }

    /// <summary>How many items are kept as a sample.</summary>
    [Id(4)]
    public required int SamplePairs { get; init; }

    /// <summary>Whether items with a zero or non-finite row are left out.</summary>
    [Id(5)]
    public bool SkipInvalid { get; init; }

    /// <summary>Whether files are digested.</summary>
    [Id(6)]
    public bool Fingerprint { get; init; } = true;

    /// <summary>Whether shards that cannot be read are left out.</summary>
    [Id(9)]
    public bool SkipShards { get; init; }

    /// <summary>Which arrays or columns of a file to take; <c>null</c> for what is clear.</summary>
    [Id(10)]
    public string? Key { get; init; }

    /// <summary>What tells one run from another: two runs of the same inputs do not disturb each other.</summary>
    [Id(7)]
    public required string Run { get; init; }

    /// <summary>The version of the program that asks; a worker of another version refuses.</summary>
    [Id(8)]
    public required string Tool { get; init; }

    /// <summary>How the rows are measured.</summary>
    internal LinearOptions Options => new() { Seed = Seed, SamplePairs = SamplePairs, SkipInvalid = SkipInvalid };

    /// <summary>The rows of a shard of this job.</summary>
    internal IReadOnlyList<ShardRange> RowsOf(int shard, CorpusDescription corpus) => Shards <= corpus.Rows
        ? corpus.Slice(shard, Shards)
        : throw new EmbeddingDataException(
            corpus.Modalities[0].Origin.Source,
            string.Create(CultureInfo.InvariantCulture, $"it has {corpus.Rows} rows, too few for {Shards} shares."),
            "Give fewer.");

    /// <summary>The key of a shard's grain.</summary>
    internal string KeyOf(int shard) => string.Create(CultureInfo.InvariantCulture, $"{Run}/{shard}-of-{Shards}");
}
