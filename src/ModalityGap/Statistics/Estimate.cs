namespace ModalityGap.Statistics;

/// <summary>A number with what is known about its uncertainty.</summary>
/// <param name="Value">The point estimate.</param>
/// <param name="Low">Lower end of the interval, or <c>null</c> where the number is exact or has no interval.</param>
/// <param name="High">Upper end of the interval, or <c>null</c>.</param>
/// <param name="Level">Nominal coverage of the interval, such as 0.95; 0 without an interval.</param>
/// <param name="Method">How the interval was made, in words; or why there is none, such as "a count".</param>
/// <param name="Count">How many independent units (pairs, rows, queries) stand behind it.</param>
public sealed record Estimate(double Value, double? Low, double? High, double Level, string Method, long Count)
{
    /// <summary>A number without an interval.</summary>
    /// <param name="value">The number.</param>
    /// <param name="why">Why it has no interval, such as "a property of these rows".</param>
    /// <param name="count">How many units stand behind it.</param>
    public static Estimate Exact(double value, string why, long count) => new(value, null, null, 0, why, count);

    /// <summary>A symmetric normal interval of 95 %.</summary>
    public static Estimate Normal(double value, double standardError, string method, long count) =>
        double.IsFinite(standardError)
            ? new(value, value - NormalQuantile * standardError, value + NormalQuantile * standardError, 0.95, method, count)
            : Exact(value, "too few units for an interval", count);

    /// <summary>
    /// A share with Wilson's interval (1927), which has a width even where all or none of the units are counted.
    /// </summary>
    /// <param name="share">The share, in [0, 1].</param>
    /// <param name="count">How many independent units stand behind it.</param>
    /// <param name="units">What the units are, in words.</param>
    public static Estimate Share(double share, long count, string units)
    {
        const double z2 = NormalQuantile * NormalQuantile;
        double centre = (share + z2 / (2 * count)) / (1 + z2 / count);
        double reach = NormalQuantile / (1 + z2 / count) * Math.Sqrt(share * (1 - share) / count + z2 / (4.0 * count * count));
        return new(
            share, Math.Clamp(Math.Min(centre - reach, share), 0, 1), Math.Clamp(Math.Max(centre + reach, share), 0, 1), 0.95, "Wilson's interval over " + units, count);
    }

    /// <summary>The same, kept inside the range that the number can take.</summary>
    public Estimate Within(double lowest, double highest) => this with
    {
        Low = Low is { } low ? Math.Clamp(low, lowest, highest) : null,
        High = High is { } high ? Math.Clamp(high, lowest, highest) : null,
    };

    /// <summary>The same in another unit: every number times a positive factor.</summary>
    public Estimate Scaled(double factor) => this with { Value = factor * Value, Low = factor * Low, High = factor * High };

    /// <summary>The 97.5 % quantile of the standard normal distribution.</summary>
    internal const double NormalQuantile = 1.959963984540054;
}
