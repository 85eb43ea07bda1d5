using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

/// <summary>Energy distance, maximum mean discrepancy, alignment and uniformity.</summary>
public sealed class DistanceTests
{
    // Distances near 0 come from cosines near 1, whose float32 rounding they take the root of.
    private static readonly Tolerance Near = new(2e-5, 1e-4);

    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Measures_AgainstEveryDistance_Agree(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        double median = SlowDistances.PooledMedian(pairs);
        Check("median-distance", median);
        Check("energy-distance", -SlowDistances.Contrast(pairs, distance => distance, ComparedRows.Unmatched));
        Check("energy-distance-two-sample", -SlowDistances.Contrast(pairs, distance => distance, ComparedRows.All));
        Check("energy-distance-biased", -SlowDistances.Contrast(pairs, distance => distance, ComparedRows.WithThemselves));
        foreach ((string factor, double width) in new[] { ("0.5", median / 2), ("1", median), ("2", 2 * median) })
        {
            double Kernel(double distance) => Math.Exp(-distance * distance / (2 * width * width));
            Check("mmd-squared/" + factor, SlowDistances.Contrast(pairs, Kernel, ComparedRows.Unmatched));
            Check("mmd-squared-two-sample/" + factor, SlowDistances.Contrast(pairs, Kernel, ComparedRows.All));
            Check("mmd-squared-biased/" + factor, SlowDistances.Contrast(pairs, Kernel, ComparedRows.WithThemselves));
        }
        Check("alignment", Enumerable.Range(0, pairs.Items).Average(i => Math.Pow(SlowDistances.Of(pairs.First.Row(i), pairs.Second.Row(i)), 2)));
        Check("uniformity/image", Uniformity(SlowDistances.Within(pairs.First)));
        Check("uniformity/text", Uniformity(SlowDistances.Within(pairs.Second)));
        Check("uniformity/pooled", Uniformity(SlowDistances.Pooled(pairs)));
        Check("uniformity/cross", Uniformity(SlowDistances.Across(pairs, matchedToo: false)));

        void Check(string key, double expected) => Near.Check(expected, measures[key].Estimate!.Value, $"{sample}: {key}");
    }

    [Fact]
    public void EnergyDistance_OfTwoPoints_IsTwiceTheirDistance()
    {
        // All images at (1, 0), all texts at (0, 1): no distance within, sqrt 2 across.
        Dictionary<string, Measurement> measures = Rows.Measure(Rows.Pair(Enumerable.Repeat<double[]>([1, 0], 5), Enumerable.Repeat<double[]>([0, 1], 5)));
        Tolerance.StoredFloat32.Check(2 * Math.Sqrt(2), measures["energy-distance"].Estimate!.Value, "energy distance");
        Tolerance.StoredFloat32.Check(Math.Sqrt(2), measures["median-distance"].Estimate!.Value, "median distance");
        Tolerance.StoredFloat32.Check(2 - 2 * Math.Exp(-0.5), measures["mmd-squared/1"].Estimate!.Value, "MMD²");
    }

    [Fact]
    public void MaximumMeanDiscrepancy_WhereAllRowsCoincide_SaysThatItHasNoWidth()
    {
        Dictionary<string, Measurement> measures = Rows.Measure(Rows.Pair(Enumerable.Repeat<double[]>([1, 0], 5), Enumerable.Repeat<double[]>([1, 0], 5)));
        Assert.Null(measures["mmd-squared/1"].Estimate);
        Assert.Contains("coincide", measures["mmd-squared/1"].Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Jackknife_AgainstLeavingEachPairOut_IsTheSame()
    {
        PairedEmbeddings pairs = Rows.Cones(40, 12, 61);
        var distances = new DistanceEvidence(Rows.Evidence(pairs));
        double[] left = [.. Enumerable.Range(0, 40).Select(i =>
            -SlowDistances.Contrast(pairs.Select([.. Enumerable.Range(0, 40).Where(j => j != i)]), distance => distance, ComparedRows.Unmatched))];
        double mean = left.Average(), error = Math.Sqrt(left.Sum(value => (value - mean) * (value - mean)) * 39 / 40);
        ModalityGap.Statistics.Estimate estimate = distances.Jackknifed(DistanceKernels.Distance, totals => -totals.Contrast);
        Tolerance.Digits(4).Check(2 * 1.959964 * error, estimate.High!.Value - estimate.Low!.Value, "width of the interval");
    }

    private static double Uniformity(IEnumerable<double> distances) => Math.Log(distances.Average(distance => Math.Exp(-2 * distance * distance)));
}
