using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>The area under the ROC curve of scores (Hanley and McNeil 1982).</summary>
internal static class RocCurve
{
    /// <summary>
    /// P(score of a positive &gt; score of a negative) + P(=)/2, in [0, 1], with the interval of DeLong et al. (1988). It depends on the order
    /// alone: a softmax of two scores gives the same area as their difference.
    /// </summary>
    /// <param name="positives">Scores of the positive units.</param>
    /// <param name="negatives">Scores of the negative units.</param>
    public static Estimate Area(double[] positives, double[] negatives)
    {
        double[] above = Separability.Placements(positives, negatives), below = Separability.Placements(negatives, positives);
        double area = above.Average();
        int count = positives.Length + negatives.Length;
        if (positives.Length < 2 || negatives.Length < 2)
            return Estimate.Exact(area, "too few units for an interval", count);
        double positiveError = Jackknife.StandardError(above), negativeError = Jackknife.StandardError(below);
        return positiveError == 0 && negativeError == 0
            ? Estimate.Exact(area, "all units of one class score above all of the other: nothing to estimate a spread from", count)
            : Estimate.Normal(area, Math.Sqrt(positiveError * positiveError + negativeError * negativeError), "DeLong's interval", count).Within(0, 1);
    }
}
