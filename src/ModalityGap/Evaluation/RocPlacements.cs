using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>
/// Where each score stands among those of the other class: what an area under the ROC curve, its interval and the difference of two areas of the same
/// units follow from
/// (DeLong et al. 1988).
/// </summary>
/// <param name="Positives">For each positive unit the share of negative ones below it, ties counting half.</param>
/// <param name="Negatives">For each negative unit the share of positive ones below it.</param>
internal sealed record RocPlacements(double[] Positives, double[] Negatives)
{
    /// <summary>P(score of a positive &gt; score of a negative) + P(=)/2; of a difference, by how much it changed.</summary>
    public double Area => Positives.Average();

    public int Count => Positives.Length + Negatives.Length;

    /// <summary>The standard error of the area.</summary>
    public double StandardError
    {
        get
        {
            double ofPositives = Jackknife.StandardError(Positives), ofNegatives = Jackknife.StandardError(Negatives);
            return Math.Sqrt(ofPositives * ofPositives + ofNegatives * ofNegatives);
        }
    }

    public static RocPlacements Of(double[] positives, double[] negatives) =>
        new(Separability.Placements(positives, negatives), Separability.Placements(negatives, positives));

    /// <summary>What changed from another set of scores of the same units to this one.</summary>
    public RocPlacements Less(RocPlacements before) => new(
        [.. Positives.Zip(before.Positives, (after, was) => after - was)],
        [.. Negatives.Zip(before.Negatives, (after, was) => after - was)]);
}
