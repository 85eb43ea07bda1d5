using System.Buffers;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Text;

/// <summary>A list of numbers in one field: in brackets or not, with commas, semicolons or blanks between.</summary>
internal static class TextVector
{
    private const string SeparatorText = " ,;\t\r\n";

    private static readonly SearchValues<char> Separators = SearchValues.Create(SeparatorText);

    /// <summary>Whether a field looks like one: in brackets, or at least two numbers.</summary>
    public static bool Looks(ReadOnlySpan<char> field)
    {
        field = field.Trim();
        if (field.StartsWith('['))
            return true;
        int end = field.IndexOfAny(Separators);
        if (end <= 0 || !TextNumber.IsNumber(field[..end]))
            return false;
        ReadOnlySpan<char> rest = field[end..].TrimStart(SeparatorText);
        int next = rest.IndexOfAny(Separators);
        return TextNumber.IsNumber(next < 0 ? rest : rest[..next]);
    }

    /// <summary>Adds the numbers to the values; returns the first word that is none, or <c>null</c>.</summary>
    public static string? AppendTo(FloatBlocks values, ReadOnlySpan<char> field)
    {
        field = field.Trim();
        if (field.StartsWith('['))
        {
            if (!field.EndsWith(']'))
                return field[Math.Max(0, field.Length - 20)..].ToString();
            field = field[1..^1];
        }
        while (!(field = field.TrimStart(SeparatorText)).IsEmpty)
        {
            int end = field.IndexOfAny(Separators);
            ReadOnlySpan<char> word = end < 0 ? field : field[..end];
            if (!TextNumber.TryParse(word, out float value))
                return word.ToString();
            values.Add(value);
            field = field[word.Length..];
        }
        return null;
    }
}
