namespace ModalityGap.Lab.Reproduction;

/// <summary>Cells of csv files (RFC 4180).</summary>
internal static class CsvText
{
    public static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
