using System.Text.Json;

namespace ModalityGap.Lab.Data.Captions;

/// <summary>Finds file and captions in a JSON object by the keys that data sets use.</summary>
internal static class CaptionJson
{
    private static readonly string[] FileKeys = ["file_name", "filename", "file", "image", "image_path", "path", "filepath"];

    private static readonly string[] CaptionKeys = ["caption", "captions", "text", "texts", "sentences", "description"];

    public static string? File(JsonElement json) => Values(json, FileKeys).FirstOrDefault(value => value.Length > 0);

    /// <summary>A string, or a list of strings.</summary>
    public static IEnumerable<string> Captions(JsonElement json) => Values(json, CaptionKeys);

    private static IEnumerable<string> Values(JsonElement json, string[] keys)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return [];
        foreach (string key in keys)
        {
            if (!json.TryGetProperty(key, out JsonElement value))
                continue;
            if (value.ValueKind == JsonValueKind.String)
                return [value.GetString()!];
            if (value.ValueKind == JsonValueKind.Array)
                return [.. value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)];
        }
        return [];
    }
}
