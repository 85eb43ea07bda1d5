using System.Globalization;
using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap.Cli.Rendering;

/// <summary>Numbers as people read them: three decimals, fewer where they say nothing.</summary>
internal static class Numbers
{
    public static string Short(double value)
    {
        double size = Math.Abs(value);
        string format = size >= 1000 ? "0" : size >= 100 ? "0.0" : size >= 10 ? "0.00" : size is > 0 and < 0.001 ? "0.0e0" : "0.000";
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>All digits, so that the value can be read back.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Percent(double share)
    {
        double percent = 100 * share;
        return percent.ToString(percent is > 0 and < 1 ? "0.##" : "0.#", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>"[0.842, 0.860]", or nothing for a number without an interval.</summary>
    public static string Interval(Estimate estimate) =>
        estimate is { Low: { } low, High: { } high } ? $"[{Short(low)}, {Short(high)}]" : "";

    /// <summary>Value and interval.</summary>
    public static string Both(Estimate estimate) => $"{Short(estimate.Value)} {Interval(estimate)}".TrimEnd();

    /// <summary>Value and interval, or a dash for a number that is missing.</summary>
    public static string Both(Measurement measurement) => measurement.Estimate is { } estimate ? Both(estimate) : "-";
}
