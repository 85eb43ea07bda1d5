using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>
/// How far groups are apart in one column. The highest of several rates less the lowest is above 0 even of equal groups, and so is its
/// interval: whether they differ at all is what <paramref name="Equality"/> tells.
/// </summary>
/// <param name="Column">The class set, <c>sum</c> or <c>accuracy</c>.</param>
/// <param name="Highest">The group with the highest rate.</param>
/// <param name="Lowest">The group with the lowest rate.</param>
/// <param name="Difference">Highest rate less lowest rate.</param>
/// <param name="Ratio">Lowest rate over highest rate, in [0, 1]; 1: equal.</param>
/// <param name="Equality">The p-value of a difference as large as this if rows were shuffled among the groups.</param>
public sealed record GroupDisparity(
    string Column, string Highest, string Lowest, Estimate Difference, PossibleEstimate Ratio, Estimate Equality)
{
    private const int Shufflings = 999;

    private const string Method = "percentile bootstrap over the images of each group, highest and lowest found anew";

    internal static GroupDisparity Of(string column, IReadOnlyList<GroupRow> rows, Func<GroupRow, Estimate> rateOf, RandomStream random)
    {
        Estimate[] rates = [.. rows.Select(rateOf)];
        int[] counts = Array.ConvertAll(rates, rate => (int)rate.Count), hits = [.. rates.Select(rate => (int)Math.Round(rate.Value * rate.Count))];
        int highest = Enumerable.Range(0, rates.Length).MaxBy(g => rates[g].Value), lowest = Enumerable.Range(0, rates.Length).MinBy(g => rates[g].Value);
        (Estimate difference, Estimate? ratio) = Intervals(rates[highest].Value, rates[lowest].Value, counts, hits, random.Fork("resamples"));
        return new GroupDisparity(
            column,
            rows[highest].Name,
            rows[lowest].Name,
            difference,
            ratio is null ? new PossibleEstimate(null, "No group has any.") : new PossibleEstimate(ratio),
            Shuffle(difference.Value, counts, hits.Sum(), random.Fork("shufflings")));
    }

    private static (Estimate Difference, Estimate? Ratio) Intervals(double high, double low, int[] counts, int[] hits, RandomStream random)
    {
        int images = counts.Sum();
        if (counts.Contains(1))
        {
            const string alone = "a group of one image: resampling would not move it";
            return (Estimate.Exact(high - low, alone, images), high == 0 ? null : Estimate.Exact(low / high, alone, images));
        }
        double[] differences = new double[Bootstrap.Replicates], ratios = new double[Bootstrap.Replicates];
        for (int b = 0; b < Bootstrap.Replicates; b++)
        {
            (double most, double least) = (0, 1);
            for (int g = 0; g < counts.Length; g++)
            {
                double drawn = Draw(counts[g], hits[g], random);
                (most, least) = (Math.Max(most, drawn), Math.Min(least, drawn));
            }
            differences[b] = most - least;
            ratios[b] = most == 0 ? 1 : least / most;
        }
        return (
            Bootstrap.Percentiles(high - low, differences, images, Method),
            high == 0 ? null
            : low == 0 ? Estimate.Exact(0, "the lowest rate is 0 in every resample", images)
            : Bootstrap.Percentiles(low / high, ratios, images, Method));
    }

    private static double Draw(int count, int hits, RandomStream random)
    {
        int drawn = 0;
        for (int i = 0; i < count; i++)
            drawn += random.NextIndex(count) < hits ? 1 : 0;
        return drawn / (double)count;
    }

    // All hits together fall on random rows: the first of a shuffling, counted by the group of each.
    private static Estimate Shuffle(double observed, int[] counts, int hits, RandomStream random)
    {
        int[] groups = [.. counts.SelectMany((count, group) => Enumerable.Repeat(group, count))];
        int reached = 0;
        var drawn = new int[counts.Length];
        for (int b = 0; b < Shufflings; b++)
        {
            Array.Clear(drawn);
            for (int i = 0; i < hits; i++)
            {
                int j = i + random.NextIndex(groups.Length - i);
                (groups[i], groups[j]) = (groups[j], groups[i]);
                drawn[groups[i]]++;
            }
            double[] rates = [.. drawn.Zip(counts, (hit, count) => hit / (double)count)];
            // Rates are ratios of small whole numbers: what differs by less than this is equal.
            reached += rates.Max() - rates.Min() >= observed - 1e-9 ? 1 : 0;
        }
        return Estimate.Exact((1.0 + reached) / (Shufflings + 1), $"{Shufflings} random shufflings of the images among the groups", groups.Length);
    }
}
