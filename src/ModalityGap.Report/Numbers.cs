using System.Globalization;
using ModalityGap.Statistics;

namespace ModalityGap.Report;

/// <summary>How numbers are written in the report: the same everywhere, whatever the culture.</summary>
internal static class Numbers
{
    /// <summary>The missing value in a table.</summary>
    public const string None = "–";

    private const string NoBreak = "\u00A0";

    /// <summary>"0.851", "12.35", "482.9", "2"; very small values as "3.1e-5".</summary>
    public static string Plain(double value)
    {
        double size = Math.Abs(value);
        if (size < 1e9 && value == Math.Round(value))
            return Signed(value, "0");
        return size switch
        {
            < 0.0005 or >= 1e9 => Signed(value, "0.0e0"),
            < 10 => Signed(value, "0.000"),
            < 100 => Signed(value, "0.00"),
            _ => Signed(value, "0.0"),
        };
    }

    /// <summary>"0.851 [0.842, 0.860]", or the value alone where there is no interval.</summary>
    public static string Of(Estimate estimate) => Plain(estimate.Value) + Interval(estimate, Plain);

    /// <summary>The same of a difference: "+0.148 [0.124, 0.169]".</summary>
    public static string Difference(Estimate estimate) => (estimate.Value > 0 && Plain(estimate.Value) != "0.000" ? "+" : "") + Of(estimate);

    /// <summary>Three decimals with the interval, for cosines and distances.</summary>
    public static string Cosine(Estimate estimate) => Three(estimate.Value) + Interval(estimate, Three);

    /// <summary>" [0.842, 0.860]", or nothing where there is no interval.</summary>
    public static string Interval(Estimate estimate, Func<double, string> format) =>
        estimate is { Low: { } low, High: { } high } ? $" [{format(low)},{NoBreak}{format(high)}]" : "";

    /// <summary>Three decimals.</summary>
    public static string Three(double value) => Signed(value, "0.000");

    /// <summary>Two decimals.</summary>
    public static string Two(double value) => Signed(value, "0.00");

    /// <summary>A share as "70 %", "0.1 %" or "99.4 %": a decimal only where it says something.</summary>
    public static string Percent(double share) => PercentDigits(share) + NoBreak + "%";

    /// <summary>"70 % [66, 74]".</summary>
    public static string Percent(Estimate share) => Percent(share.Value) + Interval(share, PercentDigits);

    /// <summary>
    /// A rate that a rule asked for: 1 % where the ranks of a finite sample give 0.9988 %.
    /// </summary>
    public static string RuledPercent(double rate) =>
        Percent(double.Parse(rate.ToString("G1", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    /// <summary>A difference of shares as "+0.8 points".</summary>
    public static string Points(double difference) => SignAlways(100 * difference, "0.0") + NoBreak + "points";

    /// <summary>A difference with its sign: "+0.05".</summary>
    public static string SignAlways(double value, string format)
    {
        string text = Signed(value, format);
        return text.StartsWith('−') || IsZero(text) ? text : "+" + text;
    }

    /// <summary>Counts with a thin gap between thousands: "24 995 000".</summary>
    public static string Count(long value) =>
        value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    /// <summary>The value as a program reads it back.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string PercentDigits(double share)
    {
        double percent = 100 * share, size = Math.Abs(percent);
        if (size is > 0 and < 1)
            return Signed(double.Parse(percent.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), "0.######");
        bool whole = Math.Abs(percent - Math.Round(percent)) < 0.005 || size is >= 10 and <= 99;
        return Signed(percent, whole ? "0" : "0.#");
    }

    // A typographic minus, and no minus before what rounds to zero.
    private static string Signed(double value, string format)
    {
        string text = value.ToString(format, CultureInfo.InvariantCulture);
        if (!text.StartsWith('-'))
            return text;
        return IsZero(text[1..]) ? text[1..] : "−" + text[1..];
    }

    private static bool IsZero(string text) => text.All(c => c is '0' or '.');
}
