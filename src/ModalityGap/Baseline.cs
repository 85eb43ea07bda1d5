using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap;

/// <summary>An earlier result of <c>modgap measure</c>, that a later one is held against.</summary>
public sealed class Baseline
{
    private const string Remedy = "A baseline is what modgap check --write-baseline or modgap measure --format json writes: make it anew.";

    private Baseline(string source, AnalysisResult result) => (Source, Result) = (source, result);

    /// <summary>Its file.</summary>
    public string Source { get; }

    /// <summary>The result.</summary>
    public AnalysisResult Result { get; }

    /// <summary>A result that is at hand.</summary>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="result">The result.</param>
    public static Baseline Of(string source, AnalysisResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new Baseline(source, result);
    }

    /// <summary>Reads a result that was kept as JSON.</summary>
    /// <exception cref="EmbeddingDataException">It cannot be read, is damaged, of another version, or something else.</exception>
    public static Baseline Load(string path)
    {
        byte[] text;
        try
        {
            text = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            bool missing = exception is FileNotFoundException or DirectoryNotFoundException;
            throw new EmbeddingDataException(path, missing ? "there is no such file." : "it cannot be read.", Remedy, exception);
        }
        return Parse(path, text);
    }

    internal static Baseline Parse(string source, ReadOnlyMemory<byte> text)
    {
        CheckForm(source, text);
        try
        {
            using var stream = new MemoryStream(text.ToArray());
            return new Baseline(source, AnalysisJson.Read(stream));
        }
        catch (JsonException exception)
        {
            throw new EmbeddingDataException(source, $"it lacks what a result of modgap measure has{At(exception)}.", Remedy, exception);
        }
    }

    /// <summary>What an input of this name was then.</summary>
    internal InputSummary? Input(string modality) => Result.Inputs.FirstOrDefault(input => input.Modality == modality);

    /// <summary>The pair of these modalities.</summary>
    /// <exception cref="EmbeddingDataException">It holds none.</exception>
    internal PairResult Pair(string first, string second) =>
        Result.Pairs.FirstOrDefault(pair => pair.First == first && pair.Second == second) ?? throw new EmbeddingDataException(
            Source,
            $"it is about {string.Join(", ", Result.Inputs.Select(input => input.Modality))}, these files about {first} and {second}.",
            "Give the files in the same order as then, and the same names with --modalities; or make the baseline anew.");

    /// <summary>A number of a pair.</summary>
    /// <exception cref="EmbeddingDataException">It lacks it.</exception>
    internal Estimate Number(PairResult pair, string key) =>
        pair.Measures.TryGetValue(key, out Measurement? measurement) && measurement.Estimate is { } estimate
            ? estimate
            : throw new EmbeddingDataException(Source, $"it has no {key} of {pair.First} and {pair.Second}.", Remedy);

    // Told apart before the records are read, whose faults would not say so much.
    private static void CheckForm(string source, ReadOnlyMemory<byte> text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("schemaVersion", out JsonElement version)
                || version.ValueKind != JsonValueKind.Number)
                throw new EmbeddingDataException(source, "it is JSON, but no result of modgap.", Remedy);
            if (version.GetDouble() is var found && found != AnalysisResult.CurrentSchemaVersion)
                throw new EmbeddingDataException(
                    source,
                    FormattableString.Invariant($"it has version {found} of the form, and this program reads version {AnalysisResult.CurrentSchemaVersion}."),
                    Remedy);
            if (!root.TryGetProperty("pairs", out JsonElement pairs) || !IsOfMeasure(pairs))
                throw new EmbeddingDataException(source, "it is a result of modgap, but not of modgap measure without --linear.", Remedy);
        }
        catch (JsonException exception)
        {
            throw new EmbeddingDataException(
                source, text.Length == 0 ? "it is empty." : $"it is not whole JSON{At(exception)}: was it cut off?", Remedy, exception);
        }
    }

    private static bool IsOfMeasure(JsonElement pairs) =>
        pairs.ValueKind == JsonValueKind.Array
        && pairs.EnumerateArray().All(pair => pair.ValueKind == JsonValueKind.Object && pair.TryGetProperty("landscape", out _));

    private static string At(JsonException exception) => exception.LineNumber is { } line ? $" (line {line + 1})" : "";
}
