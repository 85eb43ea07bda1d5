using ModalityGap.Comparisons;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Comparisons;

public sealed class CriterionTests
{
    [Theory]
    [InlineData(0.70, LimitStanding.Within, true, true, true, "holds beyond doubt")]
    [InlineData(0.62, LimitStanding.WithinByEstimate, true, false, true, "though part of the interval is beyond")]
    [InlineData(0.58, LimitStanding.BeyondByEstimate, false, false, true, "though part of the interval is within")]
    [InlineData(0.50, LimitStanding.Beyond, false, false, false, "fails beyond doubt")]
    public void MinRecall_StandsWhereEstimateAndIntervalLie(
        double value, LimitStanding standing, bool byEstimate, bool strictly, bool leniently, string words)
    {
        var recall = new Estimate(value, value - 0.04, value + 0.04, 0.95, "by hand", 100);
        var criterion = Criterion.MinRecall(0.6, "image to text");

        CriterionResult judged = Judge(criterion, recall, CheckRule.Estimate);

        Assert.Equal(standing, judged.Standing);
        Assert.Equal(byEstimate, judged.Passed);
        Assert.Equal(strictly, Judge(criterion, recall, CheckRule.Strict).Passed);
        Assert.Equal(leniently, Judge(criterion, recall, CheckRule.Lenient).Passed);
        Assert.Contains(words, judged.Sentence, StringComparison.Ordinal);
        Assert.StartsWith("R@1 image to text is 0.", judged.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void MaxGap_HoldsAtItsLimit()
    {
        Assert.True(Judge(Criterion.MaxGap(0.6), Estimate.Exact(0.6, "a limit", 5), CheckRule.Strict).Passed);
        Assert.False(Judge(Criterion.MaxGap(0.6), Estimate.Exact(0.6001, "a limit", 5), CheckRule.Lenient).Passed);
    }

    [Theory]
    [InlineData(-0.12, false)]
    [InlineData(-0.08, true)]
    [InlineData(0.08, true)]
    [InlineData(0.12, false)]
    public void MaxDrift_LimitsBothWays(double drift, bool passed)
    {
        Assert.Equal(passed, Judge(Criterion.MaxDrift(0.1), Estimate.Exact(drift, "by hand", 5), CheckRule.Estimate).Passed);
    }

    [Fact]
    public void MaxDrift_OfAnIntervalThatReachesBeyondBothWays_IsNotWithin()
    {
        var drift = new Estimate(0, -0.2, 0.2, 0.95, "by hand", 5);
        Assert.Equal(LimitStanding.WithinByEstimate, Judge(Criterion.MaxDrift(0.1), drift, CheckRule.Estimate).Standing);
    }

    [Theory]
    [InlineData(-0.12, false)]
    [InlineData(0.5, true)]
    public void MaxRecallDrop_AllowsEveryRise(double change, bool passed)
    {
        Assert.Equal(passed, Judge(Criterion.MaxRecallDrop(0.1, "text to image"), Estimate.Exact(change, "by hand", 5), CheckRule.Estimate).Passed);
    }

    private static CriterionResult Judge(Criterion criterion, Estimate value, CheckRule rule) => criterion.Judge("image", "text", "a measure", value, rule);
}
