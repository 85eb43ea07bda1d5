namespace ModalityGap.Sources;

/// <summary>
/// Python's json writes NaN, Infinity and -Infinity, which are not JSON. They become strings of the same length, so that a strict
/// parser reads the line and the rows that hold them are named later, with all other faulty rows.
/// </summary>
internal static class NonFiniteTokens
{
    private static ReadOnlySpan<byte> QuotedNaN => "\"N\""u8;

    private static ReadOnlySpan<byte> QuotedInfinity => "\"Infini\""u8;

    private static ReadOnlySpan<byte> QuotedMinusInfinity => "\"-Infini\""u8;

    /// <summary>Quotes the tokens of a line that stand outside its strings.</summary>
    public static void Quote(Span<byte> line)
    {
        if (line.IndexOf("NaN"u8) < 0 && line.IndexOf("Infinity"u8) < 0)
            return;
        bool inString = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
                inString = !inString;
            else if (inString && line[i] == '\\')
                i++;
            else if (!inString)
                i += QuoteAt(line[i..]);
        }
    }

    /// <summary>The value of a string that stands for a number, or <c>null</c>.</summary>
    public static float? Value(ReadOnlySpan<byte> text) =>
        text.SequenceEqual(QuotedNaN[1..^1]) || text.SequenceEqual("NaN"u8) ? float.NaN
        : text.SequenceEqual(QuotedInfinity[1..^1]) || text.SequenceEqual("Infinity"u8) ? float.PositiveInfinity
        : text.SequenceEqual(QuotedMinusInfinity[1..^1]) || text.SequenceEqual("-Infinity"u8) ? float.NegativeInfinity
        : null;

    private static int QuoteAt(Span<byte> rest)
    {
        ReadOnlySpan<byte> quoted = rest.StartsWith("NaN"u8) ? QuotedNaN
            : rest.StartsWith("Infinity"u8) ? QuotedInfinity
            : rest.StartsWith("-Infinity"u8) ? QuotedMinusInfinity
            : [];
        quoted.CopyTo(rest);
        return Math.Max(0, quoted.Length - 1);
    }
}
