namespace ModalityGap.Embeddings;

/// <summary>The beginning of a text that may be a whole document: a result holds names, not files.</summary>
internal static class Excerpt
{
    /// <summary>The text, or its beginning and "…", at most <paramref name="longest"/> characters; no character is cut in two.</summary>
    public static string Of(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        int end = longest - 1;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
