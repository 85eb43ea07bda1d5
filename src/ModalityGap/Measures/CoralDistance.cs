using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>How far apart the modalities' covariances are, entry by entry.</summary>
internal sealed class CoralDistance : IMeasure
{
    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "coral-distance",
            Name = "CORAL distance",
            Definition = "The mean squared difference of the two covariance matrices, over 4.",
            Formula = "‖S_x - S_y‖²_F / (4 d²), covariances with divisor n - 1",
            Range = "[0, ∞)",
            Reading = "0: both modalities have the same spread and correlations. On unit rows it is tiny; compare models of equal dimension only.",
            Reference = "Sun and Saenko, Deep CORAL, ECCV 2016 workshops",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        double[] x = evidence.SecondMoments.First.Covariance, y = evidence.SecondMoments.Second.Covariance;
        double sum = 0, d = evidence.SecondMoments.Dimensions;
        for (int k = 0; k < x.Length; k++)
            sum += (x[k] - y[k]) * (x[k] - y[k]);
        yield return Measurement.Of("coral-distance", null, Estimate.Exact(
            sum / (4 * d * d), "no interval: biased upward by the noise of both covariances", evidence.Count));
    }
}
