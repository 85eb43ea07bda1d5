using System.Globalization;
using System.Text.Json.Serialization;
using ModalityGap.Embeddings;

namespace ModalityGap.Explanations;

/// <summary>A row as a person would look it up.</summary>
/// <param name="Row">Its position in its input, from 0.</param>
/// <param name="Id">Its id; <c>null</c> without.</param>
/// <param name="Label">Its label; <c>null</c> without.</param>
/// <param name="Caption">Its caption; <c>null</c> without.</param>
public sealed record ExampleRow(int Row, string? Id, string? Label, string? Caption)
{
    /// <summary>Texts longer than this are cut, for a text may be a whole document.</summary>
    public const int LongestText = 200;

    /// <summary>What to call it: its caption, else its id, else "row 17".</summary>
    [JsonIgnore]
    public string Name => Caption ?? Id ?? string.Create(CultureInfo.InvariantCulture, $"row {Row}");

    internal static ExampleRow Of(UnitEmbeddings rows, int index)
    {
        RowNames names = rows.Names;
        return new(names.PositionOf(index), Text(names.Ids?[index]), Text(names.Labels?[index]), Text(names.Captions?[index]));
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : Excerpt.Of(text, LongestText);
}
