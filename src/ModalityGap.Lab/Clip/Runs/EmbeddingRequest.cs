using ModalityGap.Sources;

namespace ModalityGap.Lab.Clip.Runs;

/// <summary>What is to be embedded, and how it is kept.</summary>
public sealed record EmbeddingRequest
{
    /// <summary>A folder of pictures, one picture, or a list with a path a line; <c>null</c>, the default, for none.</summary>
    public string? Images { get; init; }

    /// <summary>Of the folder <see cref="Images"/> only these, in this order; <c>null</c>, the default, for all of it.</summary>
    public IReadOnlyList<string>? ListedImages { get; init; }

    /// <summary>A text file with a text a line, or jsonl with captions; <c>null</c>, the default, for none.</summary>
    public string? Texts { get; init; }

    /// <summary>The folder to write.</summary>
    public required string Folder { get; init; }

    /// <summary>How the folder is laid out; default npy.</summary>
    public EmbeddingLayout Layout { get; init; } = EmbeddingLayout.Npy;

    /// <summary>The element type; values are rounded to it. Default float32.</summary>
    public WrittenType Type { get; init; } = WrittenType.Float32;

    /// <summary>Inputs that go through the model together; default 32.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Inputs of a shard, after each of which a run can be gone on with; default 10,000.</summary>
    public int ShardItems { get; init; } = 10_000;
}
