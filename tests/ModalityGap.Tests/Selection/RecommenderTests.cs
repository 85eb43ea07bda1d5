using ModalityGap.Measures;
using ModalityGap.Selection;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Selection;

/// <summary>The advice from trials made by hand.</summary>
public sealed class RecommenderTests
{
    private static readonly ThresholdTable Thresholds = ThresholdAdvice.Compute(Rows.Evidence(Rows.Cones(60, 8, 151)), null);

    [Fact]
    public void Of_AClearGainWithoutHarm_AdvisesTheCorrection()
    {
        Recommendation advice = Advise(Row("mixed-search", TrialRows.Gain, 0.3, 0.7, 0.35, 0.45), Row("recall-at-1", TrialRows.Harm, 0.5, 0.5, -0.02, 0.02));
        Assert.Equal("mean-removal", advice.Action);
        Assert.Contains("30 % before, 70 % after", advice.Gain, StringComparison.Ordinal);
        Assert.Contains("+40.0 points, 95 % interval +35.0 to +45.0", advice.Gain, StringComparison.Ordinal);
        Assert.Contains("no difference beyond noise", advice.Harm, StringComparison.Ordinal);
        Assert.Contains("image_mean = unit(image).mean(axis=0)", advice.Snippet, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AGainSmallerThanTheHarm_AdvisesNothing()
    {
        Recommendation advice = Advise(Row("mixed-search", TrialRows.Gain, 0.3, 0.36, 0.02, 0.10), Row("recall-at-1", TrialRows.Harm, 0.5, 0.4, -0.15, -0.05));
        Assert.Equal(Recommender.DoNothing, advice.Action);
        Assert.Contains("it loses", advice.Harm, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AGainWithinNoise_AdvisesNothingAndGivesTheThreshold()
    {
        Recommendation advice = Advise(Row("mixed-search", TrialRows.Gain, 0.3, 0.32, -0.01, 0.05), Row("recall-at-1", TrialRows.Harm, 0.5, 0.5, -0.02, 0.02));
        Assert.Equal(Recommender.DoNothing, advice.Action);
        string cosine = Thresholds.Rows[0].Cosine.Value.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"match = cosine >= {cosine}", advice.Snippet, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AGainInThePooledGalleryOnly_AdvisesNothingButNamesTheCondition()
    {
        // A filter by modality would mend the pooled gallery as well.
        Recommendation advice = Advise(
            Row("pooled-hit-at-1", TrialRows.Gain, 0.0, 0.6, 0.5, 0.7), Row("recall-at-1", TrialRows.Harm, 0.5, 0.5, -0.02, 0.02));
        Assert.Equal(Recommender.DoNothing, advice.Action);
        Assert.StartsWith("If one index must hold both", advice.Condition, StringComparison.Ordinal);
        Assert.Contains("from 0 % to 60 %", advice.Condition, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_PlainRetrievalThatImprovesBeyondDoubt_AdvisesTheCorrection() =>
        Assert.Equal("mean-removal", Advise(
            Row("recall-at-1", TrialRows.Harm, 0.5, 0.6, 0.05, 0.15), Row("recall-at-10", TrialRows.Harm, 0.8, 0.8, -0.01, 0.01)).Action);

    [Fact]
    public void Of_NoTrial_SaysThatNothingWasMeasured()
    {
        Recommendation advice = Recommender.Of("image", "text", [], Thresholds);
        Assert.Equal((Recommender.DoNothing, "Not measured.", "Not measured."), (advice.Action, advice.Gain, advice.Harm));
        Assert.Contains("too few items", advice.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NamesThatAreNoIdentifiers_WritesAValidSnippet()
    {
        CorrectionTrial trial = Trial(Row("recall-at-1", TrialRows.Harm, 0.5, 0.6, 0.05, 0.15));
        string snippet = Recommender.Of("3D scan", "text-b", [trial], Thresholds).Snippet;
        Assert.Contains("rows_3d_scan_mean = unit(rows_3d_scan)", snippet, StringComparison.Ordinal);
        Assert.Contains("text_b_mean", snippet, StringComparison.Ordinal);
    }

    private static Recommendation Advise(params TrialRow[] rows) => Recommender.Of("image", "text", [Trial(rows)], Thresholds);

    private static CorrectionTrial Trial(params TrialRow[] rows) =>
        new() { Correction = "mean-removal", Description = "subtract the means", Protocol = "by hand", Rows = rows };

    private static TrialRow Row(string id, string kind, double before, double after, double low, double high) => new(
        id, null, id, kind, Estimate.Exact(before, "by hand", 100), Estimate.Exact(after, "by hand", 100),
        new Estimate(after - before, low, high, 0.95, "by hand", 100));
}
