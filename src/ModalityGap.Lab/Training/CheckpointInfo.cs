using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;

namespace ModalityGap.Lab.Training;

/// <summary>What a checkpoint says of itself.</summary>
public sealed record CheckpointInfo
{
    /// <summary>The version of the form; raised when older programs could not read it.</summary>
    public const int CurrentVersion = 2;

    /// <summary>The version of the form.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The architecture.</summary>
    public required EncoderOptions Encoder { get; init; }

    /// <summary>How the model is trained.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>The words that it knows.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Where the data came from, in the words of the command line.</summary>
    public required string Data { get; init; }

    /// <summary>Which part of the data training does not see.</summary>
    public required SplitOptions Split { get; init; }

    /// <summary>SHA-256 of the data.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>The log so far; its last record is the state that the checkpoint holds.</summary>
    public required IReadOnlyList<EpochRecord> Log { get; init; }
}
