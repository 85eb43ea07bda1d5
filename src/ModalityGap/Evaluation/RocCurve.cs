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
    public static Estimate Area(double[] positives, double[] negatives) => Area(RocPlacements.Of(positives, negatives));

    /// <summary>The same from placements.</summary>
    public static Estimate Area(RocPlacements placements)
    {
        double area = placements.Area;
        if (placements.Positives.Length < 2 || placements.Negatives.Length < 2)
            return Estimate.Exact(area, "too few units for an interval", placements.Count);
        double error = placements.StandardError;
        return error == 0
            ? Estimate.Exact(area, "all units of one class score above all of the other: nothing to estimate a spread from", placements.Count)
            : Estimate.Normal(area, error, "DeLong's interval", placements.Count).Within(0, 1);
    }
}
