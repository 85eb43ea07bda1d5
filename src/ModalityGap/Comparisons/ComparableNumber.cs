using ModalityGap.Measures;
using ModalityGap.Selection;
using ModalityGap.Statistics;

namespace ModalityGap.Comparisons;

/// <summary>A number of one model, with what it takes to subtract another model's from it item by item.</summary>
internal sealed record ComparableNumber
{
    private const string Method = "percentile bootstrap over items, the same resamples for all models, fixed gallery";

    private ComparableNumber(Measurement measurement) => Measurement = measurement;

    /// <summary>The number with its own interval, or the reason why it is missing.</summary>
    public Measurement Measurement { get; }

    public string Key => Measurement.Key;

    /// <summary>The number on each resample of the items; <c>null</c> where it is missing or too few items give none.</summary>
    public Replicated? Resampled { get; private init; }

    /// <summary>Jackknife values by item, for numbers whose interval does not come from the resamples.</summary>
    private double[]? ByItem { get; init; }

    public static ComparableNumber Missing(string id, string? subject, string reason) => new(Measurement.Without(id, subject, reason));

    /// <summary>A share of queries: its interval comes from the resamples.</summary>
    public static ComparableNumber OfShares(string id, string subject, Replicated resampled) =>
        new(Measurement.Of(id, subject, resampled.Estimate(Method))) { Resampled = resampled };

    /// <summary>A number with an interval of its own, and what each item contributes to it.</summary>
    /// <param name="measurement">The number.</param>
    /// <param name="byItem">Values whose mean over the items is the number, to first order, or something that <paramref name="scale"/> turns into it.</param>
    /// <param name="resamples">The resamples.</param>
    /// <param name="scale">From the mean of those values to the number.</param>
    public static ComparableNumber OfItems(Measurement measurement, double[]? byItem, Resamples resamples, Func<double, double> scale) =>
        new(measurement)
        {
            ByItem = byItem,
            Resampled = measurement.Estimate is { } estimate && byItem is not null
                ? resamples.Mean(byItem).Map(scale) with { Value = estimate.Value }
                : null,
        };

    /// <summary>This less another model's, with an interval that accounts for the items being the same.</summary>
    public Measurement Less(ComparableNumber other)
    {
        if (Measurement.Estimate is not { } own || other.Measurement.Estimate is not { } others)
            return Measurement.Without(Measurement.Id, Measurement.Subject, Measurement.Missing ?? other.Measurement.Missing!);
        Estimate difference = ByItem is not null && other.ByItem is not null
            ? Difference.Paired(own, others, ByItem, other.ByItem)
            : Resampled is not null && other.Resampled is not null
                ? Resampled.Less(other.Resampled).Estimate(Method)
                : Estimate.Exact(own.Value - others.Value, "too few items for an interval", own.Count);
        return Measurement.Of(Measurement.Id, Measurement.Subject, difference);
    }
}
