using System.Text;

namespace ModalityGap.Report.Charts;

/// <summary>
/// How wide a text will be. It cannot be measured here: these are the widths of a wide sans-serif letter by letter, so that a guess is rather too wide.
/// </summary>
internal static class TextWidth
{
    /// <summary>The largest size that the page's style gives to labels, on small screens.</summary>
    public const double LargestLabel = 14;

    /// <summary>Width at a font size, in the same unit.</summary>
    public static double Of(string text, double size)
    {
        double width = 0;
        foreach (Rune rune in text.EnumerateRunes())
            width += Of(rune.Value);
        return size * width;
    }

    /// <summary>The text's words in lines that are no wider, a word that is wider alone in its line.</summary>
    public static string[] Lines(string text, double width, double size = LargestLabel)
    {
        List<string> lines = [];
        foreach (string word in text.Split(' '))
            if (lines.Count > 0 && Of($"{lines[^1]} {word}", size) <= width)
                lines[^1] += " " + word;
            else
                lines.Add(word);
        return [.. lines];
    }

    /// <summary>The text, its end cut off where it would be wider.</summary>
    public static string Fit(string text, double width, double size = LargestLabel) =>
        Of(text, size) <= width ? text : Start(text, width - size * Of('…'), size) + "…";

    /// <summary>The text, its middle cut out where it would be wider.</summary>
    public static string FitMiddle(string text, double width, double size = LargestLabel)
    {
        if (Of(text, size) <= width)
            return text;
        double half = (width - size * Of('…')) / 2;
        return Start(text, half, size) + "…" + End(text, half, size);
    }

    private static string Start(string text, double width, double size)
    {
        var kept = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            width -= size * Of(rune.Value);
            if (width < 0)
                break;
            kept.Append(rune.ToString());
        }
        return kept.ToString();
    }

    private static string End(string text, double width, double size)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        int first = runes.Length;
        while (first > 0 && (width -= size * Of(runes[first - 1].Value)) >= 0)
            first--;
        return string.Concat(runes[first..].Select(rune => rune.ToString()));
    }

    private static double Of(int letter) => letter switch
    {
        'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or ' ' or '\u00A0' => 0.34,
        'f' or 't' or 'r' or '-' or '(' or ')' or '[' or ']' or '/' or '·' => 0.43,
        'm' or 'M' or 'w' or 'W' or '@' or '%' or '…' or '—' => 1,
        >= 'a' and <= 'z' or >= '0' and <= '9' or '_' => 0.64,
        < 0x300 => 0.8,
        < 0x1100 => 0.9,
        _ => 1.35,
    };
}
