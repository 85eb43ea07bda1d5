using System.Text.Json;

namespace ModalityGap.Sources;

/// <summary>Which keys of the objects hold embeddings, which one the id, the label and the caption, as the first line shows them.</summary>
internal sealed record JsonLineKeys(IReadOnlyList<string> Vectors, string? Id, string? Label, string? Caption)
{
    private const int MostKeysListed = 12;

    public static readonly string[] IdKeys = ["id", "_id", "key", "name"];
    public static readonly string[] LabelKeys = ["label", "class"];
    public static readonly string[] CaptionKeys = ["caption", "text"];
    private static readonly string[] PlainKeys = ["embedding", "vector", "embeddings"];
    private static readonly string[] Endings = ["_embedding", "_embeddings", "_vector", "_emb"];

    /// <summary>Chooses the keys by the first line.</summary>
    /// <param name="file">The file, for faults.</param>
    /// <param name="line">The first line, already free of NaN tokens.</param>
    /// <param name="wanted">The caller's key or keys, or <c>null</c>.</param>
    /// <param name="id">The caller's key of the id, or <c>null</c>.</param>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static JsonLineKeys Choose(SourceFile file, ReadOnlySpan<byte> line, string? wanted, string? id)
    {
        (List<string> arrays, List<string> scalars) = Survey(line);
        return new(
            wanted is null ? Guess(file, arrays, scalars) : Named(file, arrays, scalars, wanted),
            id is null ? IdKeys.FirstOrDefault(scalars.Contains) : NamedId(file, arrays, scalars, id),
            LabelKeys.FirstOrDefault(scalars.Contains),
            CaptionKeys.FirstOrDefault(key => key != id && scalars.Contains(key)));
    }

    /// <summary>The key to name a modality after: the plain ones say nothing.</summary>
    public static string? Telling(string vectorKey) => PlainKeys.Contains(vectorKey) ? null : vectorKey;

    /// <summary>The keys whose values are arrays, and those whose values are texts or numbers.</summary>
    private static (List<string> Arrays, List<string> Scalars) Survey(ReadOnlySpan<byte> line)
    {
        const int MostKeys = 1000;
        List<string> arrays = [], scalars = [];
        var json = new Utf8JsonReader(line);
        json.Read();
        for (int seen = 0; seen < MostKeys && json.Read() && json.TokenType == JsonTokenType.PropertyName; seen++)
        {
            string key = json.GetString()!;
            json.Read();
            if (json.TokenType == JsonTokenType.StartArray)
                arrays.Add(key);
            else if (json.TokenType is JsonTokenType.String or JsonTokenType.Number)
                scalars.Add(key);
            json.Skip();
        }
        return (arrays, scalars);
    }

    private static List<string> Guess(SourceFile file, List<string> arrays, List<string> scalars)
    {
        List<string> vectors = [.. arrays.Distinct().Where(IsVectorKey)];
        if (vectors.Count == 0)
            throw file.Fault(
                $"its first object has no embedding; its keys are {Listed([.. arrays, .. scalars])}.",
                arrays.Count > 0
                    ? $"Name the key that holds the numbers, such as --key {Shown.Name(arrays[0])}."
                    : "Each object needs an array of numbers named embedding, vector, image_embedding or text_embedding.");
        bool clear = vectors.Count == 1
            || (vectors.Count <= ArrayForm.MostModalities && !vectors.Any(PlainKeys.Contains) && Differ(vectors));
        return clear
            ? vectors
            : throw file.Fault(
                $"its objects have {vectors.Count} arrays that could be embeddings: {Listed(vectors)}.",
                $"Choose with --key, such as --key {Shown.Name(vectors[0])}.");
    }

    private static List<string> Named(SourceFile file, List<string> arrays, List<string> scalars, string wanted)
    {
        List<string> keys = [.. ArraySelection.Keys(wanted, arrays.Contains).Distinct()];
        if (keys.Count > ArrayForm.MostModalities)
            throw file.Fault($"{keys.Count} keys were named.", $"Name at most {ArrayForm.MostModalities}.");
        string? missing = keys.Count == 0 ? wanted : keys.FirstOrDefault(key => !arrays.Contains(key));
        return missing is null
            ? keys
            : throw file.Fault(
                $"its first object has no array {Shown.Name(missing)}.", $"Its keys are {Listed([.. arrays, .. scalars])}.");
    }

    private static string NamedId(SourceFile file, List<string> arrays, List<string> scalars, string id) =>
        scalars.Contains(id)
            ? id
            : throw file.Fault(
                $"its first object has no text or number {Shown.Name(id)} to take ids from.", $"Its keys are {Listed([.. scalars, .. arrays])}.");

    public static bool IsVectorKey(string key) =>
        PlainKeys.Contains(key) || Endings.Any(ending => key.EndsWith(ending, StringComparison.Ordinal));

    private static bool Differ(List<string> keys) =>
        keys.Select(key => ModalityNames.FromKey(key) ?? key).Distinct().Count() == keys.Count;

    private static string Listed(List<string> keys) =>
        keys.Count == 0 ? "none" : Shown.Some([.. keys.Select(Shown.Name)], MostKeysListed);
}
