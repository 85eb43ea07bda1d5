using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// The distance between the modalities' means, what of it noise alone would give, and whether it is there at all. With g_i = x_i - y_i the
/// squared gap ‖mean g‖² overestimates the squared distance of the true means by tr Cov(g)/n; the debiased one subtracts that.
/// </summary>
internal sealed class GapMeasure : IMeasure, ILinearMeasure
{
    private const string Paper = "Liang et al., Mind the Gap, NeurIPS 2022";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "gap",
            Name = "Modality gap",
            Definition = "The Euclidean distance between the mean embeddings of the two modalities.",
            Formula = "‖Δ‖, Δ = mean x - mean y, all rows of norm 1",
            Range = "[0, 2]",
            Reading = "0.19 to 0.63 is called moderate, above that severe (An et al., I0T, ACL 2025); CLIP models lie near 0.8. It is biased "
                + "upward for few pairs, so its interval is that of the debiased gap.",
            Reference = Paper,
        },
        new MeasureInfo
        {
            Id = "gap-debiased",
            Name = "Modality gap, debiased",
            Definition = "The gap without the part that sampling noise adds to it.",
            Formula = "sqrt(max(0, ‖Δ‖² - tr S/n)), S = covariance of x - y with divisor n - 1",
            Range = "[0, 2]",
            Reading = "Its interval decides whether a gap is closed: it is when the interval reaches 0.",
            Reference = "The mean of the U-statistic Σ_{i≠j} g_i·g_j / (n(n-1)), as in Chen and Qin, Annals of Statistics 2010",
        },
        new MeasureInfo
        {
            Id = "gap-noise-floor",
            Name = "Noise floor of the gap",
            Definition = "The gap that n pairs would show on average if both modalities had the same mean.",
            Formula = "sqrt(tr S/n)",
            Range = "[0, 2]",
            Reading = "A measured gap near this value is no gap.",
            Reference = "E‖mean g‖² = ‖E g‖² + tr Cov(g)/n",
        },
        new MeasureInfo
        {
            Id = "gap-p-value",
            Name = "Permutation test of the gap",
            Definition = "How often swapping the two modalities within random pairs gives a gap at least as large.",
            Formula = "(1 + #{b : ‖Σ ε_bi g_i‖ >= ‖Σ g_i‖}) / (B + 1), ε = ±1, B = 999",
            Range = "[0.001, 1]",
            Reading = "Small: the modalities differ in their means. It says nothing about how large the gap is.",
            Reference = "Sign-flip randomisation test (Fisher 1935)",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        foreach (Measurement measurement in Measured(MomentsOf(evidence.Count, evidence.Moments.GapVector(), evidence.SecondMoments.OfDifferences())))
            yield return measurement;
        yield return Measurement.Of("gap-p-value", null, SignFlipTest.Run(
            evidence.Count, evidence.Pairs.Dimensions, (i, row) => Difference(evidence.Pairs, i, row), evidence.Random.Fork("gap-p-value"), evidence.Work));
    }

    public IEnumerable<Measurement> Linear(LinearEvidence evidence) => Measured(MomentsOf(evidence));

    private static IEnumerable<Measurement> Measured(Moments moments)
    {
        Estimate squared = SquaredGap(moments);
        double floor = Math.Sqrt(moments.Trace / moments.Count);
        yield return Measurement.Of("gap", null, Root(squared, moments.Squared, "interval of the debiased gap, score interval of ‖Δ‖²" + moments.Source));
        yield return Measurement.Of("gap-debiased", null, Root(squared, squared.Value, "score interval for the U-statistic of ‖Δ‖²" + moments.Source));
        yield return Measurement.Of("gap-noise-floor", null, Estimate.Exact(floor, "expected value under no gap", moments.Count));
    }

    /// <summary>
    /// ‖E g‖² by its U-statistic U, whose variance is 4 δᵀΣδ/n + 2 tr Σ²/(n(n-1)): the first term rules a large gap, the second a gap of
    /// zero. The interval holds every squared gap t with |U - t| within 1.96 standard errors, the error taken at t itself (as Wilson's
    /// interval does for a share): 4 ρt/n + 2 tr Σ²/(n(n-1)), ρ the variance along δ. An error taken at U is too small below and too large
    /// above. tr Σ² is estimated without the bias of its plug-in value (Bai and Saranadasa 1996).
    /// </summary>
    internal static Estimate SquaredGap(Moments moments)
    {
        double n = moments.Count;
        double value = moments.Squared - moments.Trace / n;
        if (n < 4)
            return Estimate.Exact(value, "too few pairs for an interval", moments.Count);
        double traceOfSquare = moments.TraceOfSquare;
        const double z = Estimate.NormalQuantile;
        double spread = SpreadAlongGap(moments, value, traceOfSquare);
        double centre = value + 2 * z * z * spread / n;
        double atZero = z * z * 2 * traceOfSquare / (n * (n - 1));
        double reach = Math.Sqrt(Math.Max(0, centre * centre - value * value + atZero));
        return new Estimate(value, Math.Max(0, centre - reach), Math.Max(0, centre + reach), 0.95, "score interval", moments.Count);
    }

    // ρ = δᵀΣδ/‖δ‖². Both sides hold noise, tr Σ²/n and tr Σ/n; taking it out helps as far as U stands out of its own noise.
    private static double SpreadAlongGap(Moments moments, double value, double traceOfSquare)
    {
        if (moments.Squared == 0)
            return 0;
        double plugIn = moments.AlongGap / moments.Squared;
        if (value <= 0)
            return plugIn;
        double n = moments.Count, noise = 2 * traceOfSquare / (n * (n - 1));
        double weight = value * value / (value * value + noise);
        double debiased = Math.Max(0, moments.AlongGap - traceOfSquare / n) / value;
        return weight * debiased + (1 - weight) * plugIn;
    }

    /// <summary>The gap of pairs, with its interval; of many pairs the interval's covariances come from a random sample.</summary>
    internal static Estimate Gap(PairedEmbeddings pairs, WorkContext work)
    {
        const int enough = 1024;
        if (pairs.Items <= enough)
            return OfMoments(MomentsOf(pairs, work));
        double[] x = PairMoments.ColumnSums(pairs.First), y = PairMoments.ColumnSums(pairs.Second);
        PairedEmbeddings held = pairs.Select([.. new RandomStream(enough).NextPermutation(pairs.Items).Take(enough)]);
        return OfMoments(MomentsOf(new LinearEvidence(held, new PairMoments(held, x, y, RunningMoments.Of(Matched(pairs))), work)));
    }

    private static Estimate OfMoments(Moments moments) =>
        Root(SquaredGap(moments), moments.Squared, "interval of the debiased gap, score interval of ‖Δ‖²" + moments.Source);

    private static double[] Matched(PairedEmbeddings pairs)
    {
        var matched = new double[pairs.Items];
        for (int i = 0; i < matched.Length; i++)
            matched[i] = Dot.Float64(pairs.First.Row(i), pairs.Second.Row(i));
        return matched;
    }

    /// <summary>The debiased squared gap of pairs, with its interval.</summary>
    internal static Estimate SquaredGap(PairedEmbeddings pairs, WorkContext work) => SquaredGap(MomentsOf(pairs, work));

    private static Estimate Root(Estimate squared, double value, string method) => new(
        Math.Sqrt(Math.Max(0, value)),
        squared.Low is { } low ? Math.Sqrt(Math.Max(0, low)) : null,
        squared.High is { } high ? Math.Sqrt(Math.Max(0, high)) : null,
        squared.Level,
        method,
        squared.Count);

    // From a sample come tr Σ² and δᵀΣδ, which only the interval needs; ‖Δ‖² and tr S are those of all pairs.
    private static Moments MomentsOf(LinearEvidence evidence)
    {
        PairMoments all = evidence.Moments;
        double[] gap = all.GapVector();
        if (all.Held == all.Count)
            return MomentsOf(evidence.Held, gap, gap, evidence.Work);
        PairSums sums = all.Sums;
        double scatter = sums.SquaresX + sums.SquaresY - 2 * sums.Matched - all.Count * sums.SquaredGap;
        return MomentsOf(evidence.Held, PairMoments.GapVector(evidence.Held), gap, evidence.Work) with
        {
            Count = all.Count,
            Trace = Math.Max(0, scatter) / (all.Count - 1),
            Source = FormattableString.Invariant($", its covariances from a random sample of {all.Held} pairs"),
        };
    }

    private static Moments MomentsOf(PairedEmbeddings pairs, WorkContext work)
    {
        double[] gap = PairMoments.GapVector(pairs);
        return MomentsOf(pairs, gap, gap, work);
    }

    // The covariance of the pairs around their own mean difference, against the gap of all.
    private static Moments MomentsOf(PairedEmbeddings pairs, double[] centre, double[] gap, WorkContext work)
    {
        double[] scatter = Float64Product.Symmetric(pairs.Items, gap.Length, Centred, work);
        return MomentsOf(pairs.Items, gap, ModalityMoments.Divided(scatter, pairs.Items - 1));

        void Centred(int i, Span<double> target)
        {
            ReadOnlySpan<float> a = pairs.First.Row(i), b = pairs.Second.Row(i);
            for (int k = 0; k < target.Length; k++)
                target[k] = (double)a[k] - b[k] - centre[k];
        }
    }

    private static Moments MomentsOf(int n, double[] gap, double[] covariance)
    {
        int d = gap.Length;
        double trace = 0, traceOfSquare = 0, along = 0, squared = 0;
        for (int k = 0; k < d; k++)
        {
            trace += covariance[(long)k * d + k];
            squared += gap[k] * gap[k];
            double product = 0;
            for (int l = 0; l < d; l++)
            {
                double entry = covariance[(long)k * d + l];
                traceOfSquare += entry * entry;
                product += entry * gap[l];
            }
            along += gap[k] * product;
        }
        return new Moments(n, squared, trace, UnbiasedTraceOfSquare(n, trace, traceOfSquare), along, "");
    }

    private static double UnbiasedTraceOfSquare(double n, double trace, double traceOfSquare) => n < 4
        ? 0
        : (n - 1) * (n - 1) / ((n - 2) * (n + 1)) * Math.Max(0, traceOfSquare - trace * trace / (n - 1));

    private static void Difference(PairedEmbeddings pairs, int i, Span<float> target)
    {
        ReadOnlySpan<float> x = pairs.First.Row(i), y = pairs.Second.Row(i);
        for (int k = 0; k < target.Length; k++)
            target[k] = x[k] - y[k];
    }

    /// <summary>What the interval needs of the differences g, S being their covariance with divisor n - 1.</summary>
    /// <param name="Count">n.</param>
    /// <param name="Squared">‖mean g‖².</param>
    /// <param name="Trace">tr S.</param>
    /// <param name="TraceOfSquare">tr Σ², estimated from S.</param>
    /// <param name="AlongGap">ΔᵀSΔ.</param>
    /// <param name="Source">Where the covariances come from, for the method in words; empty where from all pairs.</param>
    internal readonly record struct Moments(
        long Count, double Squared, double Trace, double TraceOfSquare, double AlongGap, string Source);
}
