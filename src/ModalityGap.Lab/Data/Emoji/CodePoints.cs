namespace ModalityGap.Lab.Data.Emoji;

/// <summary>
/// How packages agree on an emoji: by its code points in lower-case hexadecimal, without U+FE0F, which asks for a coloured picture and which
/// some packages write and others leave out.
/// </summary>
internal static class CodePoints
{
    public static string Of(string hexadecimal) =>
        string.Join('-', hexadecimal.ToLowerInvariant().Split('-').Where(point => point != "fe0f"));
}
