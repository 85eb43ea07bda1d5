using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>One group of a <see cref="GroupTable"/>.</summary>
public sealed record GroupRow
{
    /// <summary>The group.</summary>
    public required string Name { get; init; }

    /// <summary>Number of its images.</summary>
    public required int Images { get; init; }

    /// <summary>For each class set, the share of its images that took a class of the set.</summary>
    public required IReadOnlyList<Estimate> Rates { get; init; }

    /// <summary>The share that took a class of any set; left out without sets.</summary>
    public Estimate? Sum { get; init; }

    /// <summary>The share that took their own class; left out where that is not known by group.</summary>
    public Estimate? Accuracy { get; init; }
}

/// <summary>How far groups are apart in one column.</summary>
/// <param name="Column">The class set, <c>sum</c> or <c>accuracy</c>.</param>
/// <param name="Highest">The group with the highest rate.</param>
/// <param name="Lowest">The group with the lowest rate.</param>
/// <param name="Difference">Highest rate less lowest rate.</param>
/// <param name="Ratio">Lowest rate over highest rate, in [0, 1]; 1: equal.</param>
public sealed record GroupDisparity(string Column, string Highest, string Lowest, PossibleEstimate Difference, PossibleEstimate Ratio)
{
    private const string Method = "percentile bootstrap over the images of each group, highest and lowest found anew";

    internal static GroupDisparity Of(string column, IReadOnlyList<GroupRow> rows, Func<GroupRow, Estimate> rateOf, RandomStream random)
    {
        Estimate[] rates = [.. rows.Select(rateOf)];
        int highest = Enumerable.Range(0, rates.Length).MaxBy(g => rates[g].Value), lowest = Enumerable.Range(0, rates.Length).MinBy(g => rates[g].Value);
        double high = rates[highest].Value, low = rates[lowest].Value;
        int images = rows.Sum(row => row.Images);
        if (rows.Any(row => row.Images == 1))
            return new GroupDisparity(column, rows[highest].Name, rows[lowest].Name, Alone(high - low), high == 0 ? Nowhere() : Alone(low / high));
        double[] differences = new double[Bootstrap.Replicates], ratios = new double[Bootstrap.Replicates];
        for (int b = 0; b < Bootstrap.Replicates; b++)
        {
            (double most, double least) = (0, 1);
            foreach (Estimate rate in rates)
            {
                double drawn = Draw(rate, random);
                (most, least) = (Math.Max(most, drawn), Math.Min(least, drawn));
            }
            differences[b] = most - least;
            ratios[b] = most == 0 ? 1 : least / most;
        }
        return new GroupDisparity(
            column,
            rows[highest].Name,
            rows[lowest].Name,
            new PossibleEstimate(Bootstrap.Percentiles(high - low, differences, images, Method), null),
            high == 0 ? Nowhere()
            : low == 0 ? new PossibleEstimate(Estimate.Exact(0, "the lowest rate is 0 in every resample", images))
            : new PossibleEstimate(Bootstrap.Percentiles(low / high, ratios, images, Method)));

        PossibleEstimate Alone(double value) => new(Estimate.Exact(value, "a group of one image: resampling would not move it", images), null);

        static PossibleEstimate Nowhere() => new(null, "No group has any.");
    }

    private static double Draw(Estimate rate, RandomStream random)
    {
        int count = (int)rate.Count, hits = (int)Math.Round(rate.Value * count), drawn = 0;
        for (int i = 0; i < count; i++)
            drawn += random.NextIndex(count) < hits ? 1 : 0;
        return drawn / (double)count;
    }
}
