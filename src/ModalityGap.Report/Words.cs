namespace ModalityGap.Report;

/// <summary>Names and small sentences.</summary>
internal static class Words
{
    /// <summary>The same text with a capital first letter.</summary>
    public static string Capital(string text) =>
        text.Length == 0 || !char.IsLower(text[0]) ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The same text with a small first letter, but for an acronym, which keeps its letters.</summary>
    public static string LowerCase(string text) =>
        text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;

    /// <summary>A name short enough for a figure; the page and the figure's description give it in full.</summary>
    public static string Short(string name, int longest = 20)
    {
        if (name.Length <= longest)
            return name;
        int end = longest - 1;
        if (char.IsHighSurrogate(name[end - 1]))
            end--;
        return name[..end] + "…";
    }

    /// <summary>The same sentence with no line break inside an interval or before a per-cent sign.</summary>
    public static string Tied(string sentence)
    {
        char[] text = sentence.ToCharArray();
        bool bracket = false;
        for (int i = 0; i < text.Length; i++)
        {
            bracket = text[i] == '[' || (bracket && text[i] != ']');
            if (text[i] == ' ' && (bracket || (i + 1 < text.Length && text[i + 1] == '%')))
                text[i] = '\u00A0';
        }
        return new string(text);
    }

    /// <summary>A name from data as part of a file's name: lower-case ASCII letters, digits and hyphens.</summary>
    public static string Kebab(string name)
    {
        string kebab = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-')).Trim('-');
        return kebab.Length == 0 ? "other" : kebab.Length > 60 ? kebab[..60] : kebab;
    }

    /// <summary>An id as words: <c>mean-removal+csls</c> becomes "mean removal + csls".</summary>
    public static string FromId(string id) => id.Replace('-', ' ').Replace("+", " + ", StringComparison.Ordinal);

    /// <summary>"1 pair", "500 pairs".</summary>
    public static string Counted(long count, string one, string? many = null) =>
        count == 1 ? $"1\u00A0{one}" : $"{Numbers.Count(count)}\u00A0{many ?? one + "s"}";

    /// <summary>Small numbers as words, others in digits.</summary>
    public static string Spelled(int number) => number switch
    {
        1 => "one",
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        6 => "six",
        _ => Numbers.Count(number),
    };
}
