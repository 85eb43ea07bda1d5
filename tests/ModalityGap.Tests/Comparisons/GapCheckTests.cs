using System.Text;
using ModalityGap.Comparisons;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Statistics;
using ModalityGap.Tests.Analysis;

namespace ModalityGap.Tests.Comparisons;

public sealed class GapCheckTests
{
    private static readonly EmbeddingSet[] Sets = AnalysisSamples.Captioned(40, 12, 2);

    private static readonly AnalysisOptions TwoTexts = new() { TextsPerItem = 2 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly AnalysisResult Result = GapAnalysis.Run(Sets, TwoTexts);

    [Fact]
    public void Numbers_AreThoseOfAnAnalysisToTheBit()
    {
        CheckResult check = GapCheck.Run(Sets, new CheckCriteria { MaxGap = 2 }, options: TwoTexts, cancellation: Cancellation);

        CheckedPair pair = Assert.Single(check.Pairs);
        Assert.Contains("gap-debiased", pair.Measures.Keys);
        Assert.Contains("recall-at-10/text-to-image", pair.Measures.Keys);
        Assert.All(pair.Measures.Values, measurement => Assert.Equal(Result.Pairs[0].Measures[measurement.Key], measurement));
    }

    [Fact]
    public void Criteria_AreJudgedForEachPairAndDirection()
    {
        EmbeddingSet[] three = AnalysisSamples.Modalities(40, 12, 3);

        CheckResult check = GapCheck.Run(three, new CheckCriteria { MaxGap = 0, MinRecall = 0 }, cancellation: Cancellation);

        Assert.Equal(9, check.Criteria.Count);
        Assert.Equal(3, check.Criteria.Count(criterion => criterion.Id == "max-gap" && !criterion.Passed));
        Assert.Equal(6, check.Criteria.Count(criterion => criterion.Id == "min-recall" && criterion.Passed));
        Assert.False(check.Passed);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(CheckJson.ToText(check)));
        Assert.Equal(CheckJson.ToText(check), CheckJson.ToText(CheckJson.Read(stream)));
    }

    [Fact]
    public void Drift_FromABaselineOfOtherItems_CombinesBothIntervals()
    {
        EmbeddingSet[] others = AnalysisSamples.Captioned(60, 12, 2);

        CheckResult check = GapCheck.Run(
            others, new CheckCriteria { MaxDrift = 2, MaxRecallDrop = 1 }, Baseline.Of("then", Result), TwoTexts, cancellation: Cancellation);

        Estimate now = check.Pairs[0].Measures["gap-debiased"].Estimate!, then = Result.Pairs[0].Measures["gap-debiased"].Estimate!;
        Estimate drift = check.Pairs[0].Drifts["gap-debiased"].Estimate!;
        Assert.Equal(now.Value - then.Value, drift.Value);
        Tolerance.Float64.Check(
            drift.Value - Math.Sqrt(Square(now.Value - now.Low!.Value) + Square(then.High!.Value - then.Value)), drift.Low!.Value, "low");
        Assert.Contains(check.Findings, finding => finding is { Id: "other-items", Severity: FindingSeverity.Warning });
        Assert.Contains(check.Findings, finding => finding.Id == "unpaired-drift");
        Assert.Equal("then", check.Baseline!.Source);
        Assert.Equal(3, check.Criteria.Count);

        static double Square(double value) => value * value;
    }

    [Fact]
    public void Drift_OfTheVerySameRows_IsExactlyNothing()
    {
        EmbeddingSet[] named = [.. Sets.Select((set, k) => Fingerprinted(set, $"{k}"))];
        AnalysisResult then = GapAnalysis.Run(named, TwoTexts, cancellation: Cancellation);

        CheckResult check = GapCheck.Run(
            named,
            new CheckCriteria { MaxDrift = 0, MaxRecallDrop = 0, Rule = CheckRule.Strict },
            Baseline.Of("then", then),
            TwoTexts,
            cancellation: Cancellation);

        Assert.True(check.Passed);
        Assert.All(check.Pairs[0].Drifts.Values, drift => Assert.Equal((0.0, null), (drift.Estimate!.Value, drift.Estimate.Low)));
        Assert.Contains(check.Findings, finding => finding.Id == "same-rows");
    }

    [Fact]
    public void BaselineOfOthers_IsRefusedByName()
    {
        Baseline then = Baseline.Of("then.json", Result);

        Assert.Contains(
            "then.json: its rows of image had 12 dimensions, those of memory have 20: it is of another model.",
            Fault(AnalysisSamples.Captioned(40, 20, 2)),
            StringComparison.Ordinal);
        Assert.Contains(
            "it is about image, text, these files about first and second",
            Fault(AnalysisSamples.Modalities(40, 12, 1, "first", "second")),
            StringComparison.Ordinal);

        string Fault(EmbeddingSet[] sets) => Assert.Throws<EmbeddingDataException>(() => GapCheck.Run(
            sets, new CheckCriteria { MaxDrift = 1 }, then, sets[1].Rows == 80 ? TwoTexts : null)).Message;
    }

    [Fact]
    public void Criteria_ThatMakeNoSense_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => GapCheck.Run(Sets, new CheckCriteria(), options: TwoTexts));
        Assert.Throws<ArgumentException>(() => GapCheck.Run(Sets, new CheckCriteria { MaxDrift = 1 }, options: TwoTexts));
        Assert.Throws<ArgumentException>(() => GapCheck.Run(Sets, new CheckCriteria { MaxGap = double.NaN }, options: TwoTexts));
        Assert.Throws<ArgumentException>(() => GapCheck.Run(Sets, new CheckCriteria { MinRecall = 1.5 }, options: TwoTexts));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("{\"schemaVersion\": 1, \"pairs\": [", "was it cut off?")]
    [InlineData("[1, 2]", "no result of modgap")]
    [InlineData("{\"pairs\": []}", "no result of modgap")]
    [InlineData("{\"schemaVersion\": 2, \"pairs\": []}", "version 2 of the form, and this program reads version 1")]
    [InlineData("{\"schemaVersion\": 1, \"candidates\": []}", "not of modgap measure")]
    [InlineData("{\"schemaVersion\": 1, \"pairs\": [{\"first\": \"image\"}]}", "not of modgap measure without --linear")]
    [InlineData("{\"schemaVersion\": 1, \"pairs\": []}", "it lacks what a result of modgap measure has")]
    public void Baseline_ThatIsNone_SaysWhatItIs(string text, string fault)
    {
        string message = Assert.Throws<EmbeddingDataException>(() => Baseline.Parse("then.json", Encoding.UTF8.GetBytes(text))).Message;

        Assert.StartsWith("then.json: ", message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.Contains("make it anew", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Baseline_CutOffAnywhere_IsRefusedWithItsLine()
    {
        byte[] whole = Encoding.UTF8.GetBytes(AnalysisJson.ToText(Result));

        Assert.Equal(Result.Detected, Baseline.Parse("whole", whole).Result.Detected);
        foreach (double share in new[] { 0.01, 0.3, 0.6, 0.99 })
            Assert.Contains("line ", Fault(whole.AsMemory(0, (int)(share * whole.Length))), StringComparison.Ordinal);

        static string Fault(ReadOnlyMemory<byte> text) => Assert.Throws<EmbeddingDataException>(() => Baseline.Parse("cut", text)).Message;
    }

    [Fact]
    public void Baseline_WithoutANumber_SaysWhich()
    {
        Dictionary<string, Measurement> fewer = Result.Pairs[0].Measures.Where(entry => entry.Key != "recall-at-1/image-to-text").ToDictionary();
        AnalysisResult older = Result with { Pairs = [Result.Pairs[0] with { Measures = fewer }] };

        string message = Assert.Throws<EmbeddingDataException>(
            () => GapCheck.Run(Sets, new CheckCriteria { MaxDrift = 1 }, Baseline.Of("older", older), TwoTexts)).Message;

        Assert.Contains("older: it has no recall-at-1/image-to-text of image and text", message, StringComparison.Ordinal);
    }

    private static EmbeddingSet Fingerprinted(EmbeddingSet set, string digits) => new(
        set.Modality,
        [.. Enumerable.Range(0, set.Rows).SelectMany(row => set.Row(row).ToArray())],
        set.Dimensions,
        Provenance.InMemory with { Fingerprint = new Fingerprint("sha256", digits) });
}
