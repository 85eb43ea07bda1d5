using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Samples;

/// <summary>What a row of the emoji sample is.</summary>
/// <param name="Id">The code points in hexadecimal, such as <c>1f600</c>.</param>
/// <param name="Caption">The emoji's name, or a text about it.</param>
/// <param name="Group">Its group in Unicode's list, such as "Smileys &amp; Emotion".</param>
internal sealed record EmojiRow(string Id, string Caption, string Group);

/// <summary>Reads the rows' names from JSON Lines; keys beside those of <see cref="EmojiRow"/> are left to others.</summary>
internal static class EmojiRows
{
    /// <summary>The way out of every fault: the files are the tool's own.</summary>
    public const string Remedy = "The sample is damaged: install the tool again, or build it from a clean checkout.";

    /// <exception cref="EmbeddingDataException">A line is not one whole object with id, caption and group.</exception>
    public static RowNames Read(Stream lines, string name)
    {
        List<EmojiRow> rows = [];
        using var reader = new StreamReader(lines, Encoding.UTF8);
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length > 0)
                rows.Add(Parse(line, number, name));
        }
        return new RowNames
        {
            Ids = [.. rows.Select(row => row.Id)],
            Captions = [.. rows.Select(row => row.Caption)],
            Labels = [.. rows.Select(row => row.Group)],
        };
    }

    private static EmojiRow Parse(string line, int number, string name)
    {
        try
        {
            return JsonSerializer.Deserialize(line, EmojiJsonContext.Default.EmojiRow)
                ?? throw new JsonException("null stands where an object should.");
        }
        catch (JsonException fault)
        {
            throw new EmbeddingDataException(name, $"line {number} is not one whole object with id, caption and group.", Remedy, fault);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EmojiRow))]
internal sealed partial class EmojiJsonContext : JsonSerializerContext;
