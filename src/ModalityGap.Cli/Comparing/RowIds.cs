using System.Text.Json;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Comparing;

/// <summary>Reads the ids of rows from the list beside a file of embeddings: one JSON object per line, of which <c>id</c> counts.</summary>
internal static class RowIds
{
    /// <returns>One id per row, or <c>null</c> where no line has one.</returns>
    /// <exception cref="EmbeddingDataException">A line is no whole object, or some lines have an id and others none.</exception>
    public static IReadOnlyList<string>? Read(string path)
    {
        List<string> ids = [];
        int lines = 0;
        try
        {
            foreach (string line in File.ReadLines(path).Where(line => line.Length > 0))
            {
                lines++;
                using JsonDocument row = JsonDocument.Parse(line);
                if (row.RootElement.ValueKind == JsonValueKind.Object && row.RootElement.TryGetProperty("id", out JsonElement id))
                    ids.Add(id.ValueKind == JsonValueKind.String ? id.GetString()! : id.GetRawText());
            }
        }
        catch (JsonException exception)
        {
            throw new EmbeddingDataException(path, $"line {lines} is not one whole JSON object.", "Export it anew, or move it away to pair by row.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(path, "it cannot be read.", "Check its permissions.", exception);
        }
        return ids.Count == 0
            ? null
            : ids.Count == lines
                ? ids
                : throw new EmbeddingDataException(path, $"{ids.Count} of {lines} lines have an id.", "Give every row an id, or none.");
    }
}
