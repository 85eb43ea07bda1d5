using System.Text.Json.Serialization;

namespace ModalityGap.Lab.Data;

/// <summary>The first line of a prepared set.</summary>
internal sealed record PreparedHead
{
    public required int Version { get; init; }

    public required string Name { get; init; }

    public required int Side { get; init; }

    public required int Items { get; init; }

    public required int Images { get; init; }

    public required IReadOnlyList<string> Styles { get; init; }

    public required IReadOnlyList<string> Sources { get; init; }

    public required string Fingerprint { get; init; }
}

/// <summary>How the lines of a prepared set are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PreparedHead))]
[JsonSerializable(typeof(ImageTextItem))]
[JsonSerializable(typeof(ImageRow))]
internal sealed partial class PreparedJson : JsonSerializerContext;
