namespace ModalityGap.Lab.Data.Captions;

/// <summary>Captions as people wrote them, in one line.</summary>
internal static class CaptionText
{
    /// <summary>Line breaks, tabs and repeated blanks become one blank each.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A caption per line that is not blank.</summary>
    public static string[] Lines(string text) =>
        [.. text.Split('\n').Select(OneLine).Where(line => line.Length > 0)];
}
