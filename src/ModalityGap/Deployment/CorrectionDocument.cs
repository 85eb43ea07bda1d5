using System.Text.Json.Serialization;
using ModalityGap.Corrections;
using ModalityGap.Embeddings;

namespace ModalityGap.Deployment;

/// <summary>The JSON part of a correction's artefact: everything but the matrices, which it names.</summary>
internal sealed record CorrectionDocument
{
    /// <summary>Raised when a reader of an older version would misunderstand the file.</summary>
    public const int Version = 1;

    public required int SchemaVersion { get; init; }

    public required string Tool { get; init; }

    public required IReadOnlyList<CorrectionSetting> Corrections { get; init; }

    public string? Model { get; init; }

    public long? Seed { get; init; }

    public required int Pairs { get; init; }

    public required IReadOnlyList<SampleDocument> FittedOn { get; init; }

    public required IReadOnlyList<RoleDocument> Roles { get; init; }

    public ScoresDocument? Scores { get; init; }

    public required TensorsDocument Tensors { get; init; }
}

/// <summary>Rows that it was fitted on.</summary>
internal sealed record SampleDocument(
    string Modality, bool Queries, int Rows, int Dimensions, string Source, string Format, string ElementType, Fingerprint Fingerprint, string? Part = null);

/// <summary>What is done to rows of a role.</summary>
internal sealed record RoleDocument(
    string Modality, bool Queries, int InputDimensions, int OutputDimensions, IReadOnlyList<StepDocument> Steps);

/// <summary>One affine step; its parts are names of tensors.</summary>
internal sealed record StepDocument(
    string Kind, int InputDimensions, int OutputDimensions, string? Centre = null, string? Scale = null, string? Matrix = null, string? Offset = null);

/// <summary>What is done to scores.</summary>
internal sealed record ScoresDocument(ScaleDocument First, ScaleDocument Second, int Pairs, string? Direction = null, BankDocument? Bank = null);

/// <summary>a and shift of a modality.</summary>
internal sealed record ScaleDocument(string Modality, double Scale, double Shift);

/// <summary>A bank of reference queries.</summary>
internal sealed record BankDocument(string Kind, int Nearest, double Weight, double InverseTemperature, string Queries);

/// <summary>The file with the matrices, beside the JSON.</summary>
internal sealed record TensorsDocument(string File, long Bytes, Fingerprint Fingerprint);

[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CorrectionDocument))]
internal sealed partial class CorrectionJsonContext : JsonSerializerContext;
