using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>How narrow each modality's cone is: the cosines between its different rows.</summary>
internal sealed class Cone : IMeasure, ILinearMeasure
{
    private const string Reference = "Liang et al., Mind the Gap, NeurIPS 2022, Figure 2(a): 0.47 and 0.51 on average for CLIP's image and text";

    private const string OfTheseRows = "describes these rows";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        Info("cosine-mean", "Mean cosine within a modality", "The mean cosine between two different rows of one modality.",
            "mean of x_i·x_j over i ≠ j",
            "0: rows point everywhere. 0.5: a cone of about 60° between any two rows. Near 1: all rows nearly coincide, as in untrained networks."),
        Info("cosine-deviation", "Deviation of the cosine within a modality", "The population standard deviation of those cosines.",
            "sqrt(mean of (x_i·x_j - mean)² over i ≠ j)", "Small: every row is about as near to every other."),
        Info("cosine-minimum", "Smallest cosine within a modality", "The smallest of those cosines.", "min of x_i·x_j over i ≠ j",
            "Above 0: all rows lie on one side of the space."),
        Info("cosine-maximum", "Largest cosine within a modality", "The largest of those cosines.", "max of x_i·x_j over i ≠ j",
            "1: two rows are the same, so a search cannot tell them apart."),
        Info("cosine-lower-quartile", "Lower quartile of the cosine", "A quarter of those cosines are smaller.", "25 % quantile, linear interpolation", "See the mean."),
        Info("cosine-median", "Median of the cosine", "Half of those cosines are smaller.", "50 % quantile, linear interpolation", "See the mean."),
        Info("cosine-upper-quartile", "Upper quartile of the cosine", "Three quarters of those cosines are smaller.", "75 % quantile, linear interpolation", "See the mean."),
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        Measurement[] means = [.. Linear(evidence.Linear)];
        return
        [
            means[0],
            .. OfModality(evidence.First, evidence.Count, evidence.WithinFirst),
            means[1],
            .. OfModality(evidence.Second, evidence.Count, evidence.WithinSecond),
        ];
    }

    public IEnumerable<Measurement> Linear(LinearEvidence evidence)
    {
        yield return Measurement.Of("cosine-mean", evidence.First, evidence.Moments.Jackknifed(sums => sums.OffDiagonalMeanX).Within(-1, 1));
        yield return Measurement.Of("cosine-mean", evidence.Second, evidence.Moments.Jackknifed(sums => sums.OffDiagonalMeanY).Within(-1, 1));
    }

    private static IEnumerable<Measurement> OfModality(string name, int n, WithinEvidence within)
    {
        yield return Measurement.Of("cosine-deviation", name, Deviation(within, n));
        yield return Measurement.Of("cosine-minimum", name, Estimate.Exact(within.Lowest, OfTheseRows, n));
        yield return Measurement.Of("cosine-maximum", name, Estimate.Exact(within.Highest, OfTheseRows, n));
        yield return Measurement.Of("cosine-lower-quartile", name, Estimate.Exact(within.Quantiles[0], OfTheseRows, n));
        yield return Measurement.Of("cosine-median", name, Estimate.Exact(within.Quantiles[1], OfTheseRows, n));
        yield return Measurement.Of("cosine-upper-quartile", name, Estimate.Exact(within.Quantiles[2], OfTheseRows, n));
    }

    // The variance is a mean over pairs of rows; a row moves it by twice what its own cosines differ from it.
    private static Estimate Deviation(WithinEvidence within, int n)
    {
        double variance = within.SquaredDeviations.Sum() / ((double)n * (n - 1));
        double deviation = Math.Sqrt(variance);
        if (deviation == 0)
            return Estimate.Exact(0, "all cosines are equal", n);
        var influences = new double[n];
        for (int i = 0; i < n; i++)
            influences[i] = (within.SquaredDeviations[i] / (n - 1) - variance) / deviation;
        return Jackknife.OfPositive(deviation, influences, "influence of each row").Within(0, 1);
    }

    private static MeasureInfo Info(string id, string name, string definition, string formula, string reading) => new()
    {
        Id = id,
        Name = name,
        Definition = definition,
        Formula = formula,
        Range = id == "cosine-deviation" ? "[0, 1]" : "[-1, 1]",
        Reading = reading,
        Reference = Reference,
    };
}
