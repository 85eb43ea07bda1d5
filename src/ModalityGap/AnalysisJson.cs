using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModalityGap;

/// <summary>The JSON form of <see cref="AnalysisResult"/>: camelCase, enumerations as text, missing values left out.</summary>
public static class AnalysisJson
{
    /// <summary>Writes a result as indented UTF-8.</summary>
    public static void Write(Stream stream, AnalysisResult result) =>
        JsonSerializer.Serialize(stream, result, AnalysisJsonContext.Default.AnalysisResult);

    /// <summary>A result as indented text.</summary>
    public static string ToText(AnalysisResult result) =>
        JsonSerializer.Serialize(result, AnalysisJsonContext.Default.AnalysisResult);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not such a result.</exception>
    public static AnalysisResult Read(Stream stream) =>
        JsonSerializer.Deserialize(stream, AnalysisJsonContext.Default.AnalysisResult)
        ?? throw new JsonException("The file holds null instead of a result.");
}

/// <summary>The JSON form of <see cref="LinearResult"/>, written in the same way.</summary>
public static class LinearJson
{
    /// <summary>A result as indented text.</summary>
    public static string ToText(LinearResult result) => JsonSerializer.Serialize(result, AnalysisJsonContext.Default.LinearResult);

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not such a result.</exception>
    public static LinearResult Read(Stream stream) =>
        JsonSerializer.Deserialize(stream, AnalysisJsonContext.Default.LinearResult)
        ?? throw new JsonException("The file holds null instead of a result.");
}

/// <summary>The JSON form of <see cref="CorrectionResult"/>, written in the same way.</summary>
public static class CorrectionJson
{
    /// <summary>A result as indented text.</summary>
    public static string ToText(CorrectionResult result) => JsonSerializer.Serialize(result, AnalysisJsonContext.Default.CorrectionResult);

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not such a result.</exception>
    public static CorrectionResult Read(Stream stream) =>
        JsonSerializer.Deserialize(stream, AnalysisJsonContext.Default.CorrectionResult)
        ?? throw new JsonException("The file holds null instead of a result.");
}

/// <summary>The JSON form of <see cref="EvaluationResult"/>, written in the same way.</summary>
public static class EvaluationJson
{
    /// <summary>A result as indented text.</summary>
    public static string ToText(EvaluationResult result) => JsonSerializer.Serialize(result, AnalysisJsonContext.Default.EvaluationResult);

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not such a result.</exception>
    public static EvaluationResult Read(Stream stream) =>
        JsonSerializer.Deserialize(stream, AnalysisJsonContext.Default.EvaluationResult)
        ?? throw new JsonException("The file holds null instead of a result.");
}

/// <summary>The JSON form of <see cref="ComparisonResult"/>, written in the same way.</summary>
public static class ComparisonJson
{
    /// <summary>A result as indented text.</summary>
    public static string ToText(ComparisonResult result) => JsonSerializer.Serialize(result, AnalysisJsonContext.Default.ComparisonResult);

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not such a result.</exception>
    public static ComparisonResult Read(Stream stream) =>
        JsonSerializer.Deserialize(stream, AnalysisJsonContext.Default.ComparisonResult)
        ?? throw new JsonException("The file holds null instead of a result.");
}

/// <summary>The JSON form of <see cref="CheckResult"/>, written in the same way.</summary>
public static class CheckJson
{
    /// <summary>A result as indented text.</summary>
    public static string ToText(CheckResult result) => JsonSerializer.Serialize(result, AnalysisJsonContext.Default.CheckResult);

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not such a result.</exception>
    public static CheckResult Read(Stream stream) =>
        JsonSerializer.Deserialize(stream, AnalysisJsonContext.Default.CheckResult)
        ?? throw new JsonException("The file holds null instead of a result.");
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnalysisResult))]
[JsonSerializable(typeof(LinearResult))]
[JsonSerializable(typeof(CorrectionResult))]
[JsonSerializable(typeof(EvaluationResult))]
[JsonSerializable(typeof(ComparisonResult))]
[JsonSerializable(typeof(CheckResult))]
internal sealed partial class AnalysisJsonContext : JsonSerializerContext;
