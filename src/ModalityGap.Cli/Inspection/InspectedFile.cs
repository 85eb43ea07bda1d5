using System.Text.Json;
using System.Text.Json.Serialization;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Inspection;

/// <summary>What a file holds, and what its rows look like where it can be read as embeddings.</summary>
internal sealed record InspectedFile
{
    public required FileDescription Description { get; init; }

    public required IReadOnlyList<InspectedModality> Modalities { get; init; }

    /// <summary>Why it cannot be read as embeddings as it is, or <c>null</c>.</summary>
    public string? Fault { get; init; }

    public static InspectedFile Of(string path, ReadOptions options, CancellationToken cancellation)
    {
        FileDescription description = EmbeddingFile.Describe(path, options);
        try
        {
            IReadOnlyList<EmbeddingSet> sets = EmbeddingFile.Read(path, options, cancellation);
            return new InspectedFile { Description = description, Modalities = [.. sets.Select(InspectedModality.Of)] };
        }
        catch (EmbeddingDataException exception)
        {
            return new InspectedFile { Description = description, Modalities = [], Fault = exception.Message };
        }
    }
}

/// <summary>One modality of a file.</summary>
internal sealed record InspectedModality(
    string Modality, int Rows, int Dimensions, Provenance Provenance, bool HasIds, bool HasLabels, RowSurvey Survey)
{
    public static InspectedModality Of(EmbeddingSet set) =>
        new(set.Modality.Name, set.Rows, set.Dimensions, set.Provenance, set.Ids is not null, set.Labels is not null, RowSurvey.Of(set));
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<InspectedFile>))]
internal sealed partial class InspectionJson : JsonSerializerContext
{
    public static string ToText(IReadOnlyList<InspectedFile> files) => JsonSerializer.Serialize(files, Default.IReadOnlyListInspectedFile);
}
