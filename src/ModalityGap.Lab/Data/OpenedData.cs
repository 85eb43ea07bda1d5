using ModalityGap.Embeddings;

namespace ModalityGap.Lab.Data;

/// <summary>A set that was opened, and what one should know about it.</summary>
public sealed record OpenedData
{
    /// <summary>Pictures and texts.</summary>
    public required ImageTextSet Set { get; init; }

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Where the content comes from and under which licence, one sentence a source.</summary>
    public IReadOnlyList<string> Licences { get; init; } = [];

    /// <summary>The file in which the prepared pictures are kept, or <c>null</c>.</summary>
    public string? CachedAt { get; init; }
}
