using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ModalityGap.Lab.Reproduction;

/// <summary>The JSON forms of experiments: camelCase, missing values left out.</summary>
internal static partial class ReproductionJson
{
    // Greek letters and signs stay readable; nothing of this is put into a page as it is.
    private static readonly ReproductionJsonContext Written = new(new JsonSerializerOptions(ReproductionJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string ToText(ExperimentResult result) => Folded(JsonSerializer.Serialize(result, Written.ExperimentResult)) + "\n";

    public static string ToText(ClaimOverview overview) => Folded(JsonSerializer.Serialize(overview, Written.ClaimOverview)) + "\n";

    // Lists of numbers, and rows of tables, take a line each: a third of the size, and a difference of two results is one of rows.
    private static string Folded(string indented) =>
        PlainList().Replace(indented, match => $"[{LineBreak().Replace(match.Value[1..^1].Trim(), " ")}]");

    /// <exception cref="JsonException">The text is no such result.</exception>
    public static ExperimentResult Read(string text) =>
        JsonSerializer.Deserialize(text,
            ReproductionJsonContext.Default.ExperimentResult) ?? throw new JsonException("The file holds null instead of a result.");

    [GeneratedRegex(@"\[\n *(?:(?:-?[0-9][^\s,]*|""(?:[^""\\\n]|\\.)*""),?\n *)+\]")]
    private static partial Regex PlainList();

    [GeneratedRegex(@"\n *")]
    private static partial Regex LineBreak();
}

/// <summary>A finished part of an experiment on disk.</summary>
/// <param name="Settings">What it was made with.</param>
/// <param name="Values">Its numbers.</param>
internal sealed record StoredPart(string Settings, double[][] Values);

[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExperimentResult))]
[JsonSerializable(typeof(ClaimOverview))]
[JsonSerializable(typeof(ClaimFile))]
internal sealed partial class ReproductionJsonContext : JsonSerializerContext;

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredPart))]
internal sealed partial class PartJsonContext : JsonSerializerContext;
