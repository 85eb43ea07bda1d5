namespace ModalityGap.Cluster;

/// <summary>How far a shard is.</summary>
[GenerateSerializer]
[Immutable]
[Alias("modgap.shard-answer")]
public sealed record ShardAnswer
{
    /// <summary>The share of the shard's rows that were read, from 0 to 1.</summary>
    [Id(0)]
    public double Done { get; init; }

    /// <summary>The finished part, as a part file holds it; <c>null</c> before.</summary>
    [Id(1)]
    public byte[]? Part { get; init; }

    /// <summary>Why the shard cannot be measured, in a sentence; <c>null</c> where it can.</summary>
    [Id(2)]
    public string? Fault { get; init; }

    /// <summary>Which input that concerns.</summary>
    [Id(3)]
    public string? FaultSource { get; init; }

    /// <summary>The way out.</summary>
    [Id(4)]
    public string? FaultRemedy { get; init; }
}
