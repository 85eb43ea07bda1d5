namespace ModalityGap.Sources;

/// <summary>How embeddings are written.</summary>
public sealed record WriteOptions
{
    /// <summary>The element type; default float32, which is exact.</summary>
    public WrittenType Type { get; init; } = WrittenType.Float32;

    /// <summary>Told the share of the file that is written, from 0 to 1; default nobody.</summary>
    public IProgress<double>? Progress { get; init; }
}

/// <summary>Element types that are written.</summary>
public enum WrittenType
{
    /// <summary>Half precision: eleven significant bits, at most 65,504.</summary>
    Float16,

    /// <summary>Single precision, in which rows are kept.</summary>
    Float32,

    /// <summary>Double precision; holds the same values as float32.</summary>
    Float64,
}
