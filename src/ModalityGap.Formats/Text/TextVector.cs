using System.Buffers;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Text;

/// <summary>
/// A list of numbers in one field: in brackets with commas, semicolons or blanks between, or without brackets with blanks or semicolons
/// between. Without brackets a comma inside a word is no separator: "0,5" is a number with a decimal comma.
/// </summary>
internal static class TextVector
{
    private const string SeparatorText = " ,;\t\r\n";

    private static readonly SearchValues<char> Separators = SearchValues.Create(SeparatorText);
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" ;\t\r\n");

    /// <summary>Whether a field looks like one: in brackets, or at least two numbers.</summary>
    public static bool Looks(ReadOnlySpan<char> field)
    {
        field = field.Trim();
        if (field.StartsWith('['))
            return true;
        ReadOnlySpan<char> first = Word(field, Blanks);
        ReadOnlySpan<char> rest = field[first.Length..].TrimStart(SeparatorText);
        return TextNumber.IsNumber(first) && TextNumber.IsNumber(Word(rest, Blanks));
    }

    /// <summary>Adds the numbers to the values; returns the first word that is none, or <c>null</c>.</summary>
    public static string? AppendTo(FloatBlocks values, ReadOnlySpan<char> field)
    {
        field = field.Trim();
        SearchValues<char> separators = Blanks;
        if (field.StartsWith('['))
        {
            separators = Separators;
            if (!field.EndsWith(']'))
                return field[Math.Max(0, field.Length - 20)..].ToString();
            field = field[1..^1];
        }
        while (!(field = field.TrimStart(SeparatorText)).IsEmpty)
        {
            ReadOnlySpan<char> word = Word(field, separators);
            if (!TextNumber.TryParse(word, out float value))
                return word.ToString();
            values.Add(value);
            field = field[word.Length..];
        }
        return null;
    }

    /// <summary>What stands before the first separator, without a comma at its end.</summary>
    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> field, SearchValues<char> separators)
    {
        int end = field.IndexOfAny(separators);
        return (end < 0 ? field : field[..end]).TrimEnd(',');
    }
}
