using ModalityGap.Statistics;

namespace ModalityGap.Selection;

/// <summary>A number together with what it becomes on each resample. What is computed from such numbers is one again.</summary>
/// <param name="Value">The number.</param>
/// <param name="Replicates">The same on each resample.</param>
/// <param name="Count">How many queries stand behind it.</param>
internal sealed record Replicated(double Value, double[] Replicates, long Count)
{
    private const string Method = "percentile bootstrap over queries, the same resamples for all, fixed gallery";

    /// <summary>Σ weight · number.</summary>
    public static Replicated Sum(params (double Weight, Replicated Number)[] terms) => Of(
        [.. terms.Select(term => term.Number)],
        values =>
        {
            double sum = 0;
            for (int k = 0; k < values.Length; k++)
                sum += terms[k].Weight * values[k];
            return sum;
        });

    /// <summary>The smallest, on each resample the smallest there.</summary>
    public static Replicated Lowest(IReadOnlyList<Replicated> numbers) => Of(numbers, values => values.Min());

    /// <summary>The largest.</summary>
    public static Replicated Highest(IReadOnlyList<Replicated> numbers) => Of(numbers, values => values.Max());

    /// <summary>This divided by another.</summary>
    public Replicated Over(Replicated other) => Of([this, other], values => values[0] / values[1]);

    /// <summary>A function of this.</summary>
    public Replicated Map(Func<double, double> function) => Of([this], values => function(values[0]));

    /// <summary>This less another.</summary>
    public Replicated Less(Replicated other) => Sum((1, this), (-1, other));

    /// <summary>How much it varies over the resamples: their standard deviation.</summary>
    public double StandardError()
    {
        double mean = Replicates.Average(), sum = 0;
        foreach (double replicate in Replicates)
            sum += (replicate - mean) * (replicate - mean);
        return Math.Sqrt(sum / (Replicates.Length - 1));
    }

    /// <summary>With the interval that 95 % of the resamples lie in.</summary>
    /// <param name="method">How, in words, where the resampled units are not queries.</param>
    public Estimate Estimate(string method = Method) => Bootstrap.Percentiles(Value, [.. Replicates], Count, method);

    private static Replicated Of(IReadOnlyList<Replicated> numbers, Func<double[], double> combine)
    {
        var replicates = new double[numbers[0].Replicates.Length];
        for (int b = 0; b < replicates.Length; b++)
            replicates[b] = combine([.. numbers.Select(number => number.Replicates[b])]);
        return new Replicated(combine([.. numbers.Select(number => number.Value)]), replicates, numbers[0].Count);
    }
}
