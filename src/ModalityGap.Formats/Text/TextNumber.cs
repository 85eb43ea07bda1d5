using System.Globalization;

namespace ModalityGap.Formats.Text;

/// <summary>Numbers as programs write them: a decimal point, an exponent, NaN and infinity in their usual spellings.</summary>
internal static class TextNumber
{
    public static bool IsNumber(ReadOnlySpan<char> text) => TryParse(text, out _);

    public static bool TryParse(ReadOnlySpan<char> text, out float value)
    {
        text = text.Trim();
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return true;
        value = text switch
        {
            _ when text.Equals("nan", StringComparison.OrdinalIgnoreCase) => float.NaN,
            _ when text.Equals("inf", StringComparison.OrdinalIgnoreCase) => float.PositiveInfinity,
            _ when text.Equals("-inf", StringComparison.OrdinalIgnoreCase) => float.NegativeInfinity,
            _ => 0,
        };
        return value != 0;
    }
}
