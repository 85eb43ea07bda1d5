using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Selection;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Selection;

public sealed class CorrectionSelectionTests
{
    [Fact]
    public void Run_WithOneTextPerItem_CallsTheGainUnprovenAndNamesTheWayOut()
    {
        (CorrectionResult result, FittedCorrection? correction) = Run(Sets(120, 1.5));

        Assert.Null(result.Query);
        Assert.False(result.Advice.Proven);
        Assert.Contains("unproven", result.Advice.Headline, StringComparison.Ordinal);
        Assert.Contains("--captions-per-item 2", result.Advice.Condition, StringComparison.Ordinal);
        Assert.NotNull(correction);
        Assert.False(result.Candidates.Single(candidate => candidate.Id == result.Advice.Action).Search!.LosesPlainRecall);
        // The filter by modality mends the symptom at least as well.
        FilterResult filter = Assert.Single(result.Filters);
        Assert.True(filter.Goal.Value.Value >= result.Candidates[0].Search!.Goal.Value.Value);
        // Scores of both modalities cannot be compared without queries for both.
        Assert.NotNull(result.Candidates.Single(candidate => candidate.Id == "score-standardisation").Missing);
    }

    [Fact]
    public void Run_WithAMethod_FitsItWhateverTheEvidence()
    {
        (CorrectionResult result, FittedCorrection? correction) = Run(Sets(60, 0), new CorrectionOptions { Method = "whitening:3" });

        Assert.Equal("do-nothing", result.Advice.Action);
        Assert.Equal("whitening:3", result.Fitted);
        Assert.Equal("3", correction!.Settings[0].Parameters["ridge"]);
    }

    [Fact]
    public void Run_OnMoreItemsThanAreTried_SaysSoAndFitsOnAll()
    {
        (CorrectionResult result, FittedCorrection? correction) = Run(Sets(120, 1.5), new CorrectionOptions { TrialItems = 80, Method = "mean-removal" });

        Assert.Equal((120, 80), (result.Items, result.TrialItems));
        Assert.Contains("a random sample of 120", result.Protocol, StringComparison.Ordinal);
        Assert.Equal(120, correction!.Origin.Rows[0].Count);
    }

    [Fact]
    public void Run_OfTooFewItems_SaysHowManyItTakes()
    {
        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(() => Run(Sets(39, 1)));

        Assert.Contains("only 39 items", fault.Message, StringComparison.Ordinal);
        Assert.Contains("at least 40", fault.Message, StringComparison.Ordinal);
        Assert.NotNull(Run(Sets(40, 1)).Result);
    }

    [Fact]
    public void Run_WithAnUnknownMethodOrQuery_NamesTheKnownOnes()
    {
        Assert.Contains("mean-removal", Assert.Throws<ArgumentException>(
            () => Run(Sets(60, 1), new CorrectionOptions { Method = "magic" })).Message, StringComparison.Ordinal);
        Assert.Contains("image, text", Assert.Throws<ArgumentException>(
            () => Run(Sets(60, 1), new CorrectionOptions { Query = "sound" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_ReadsBackWhatWasWritten()
    {
        string text = CorrectionJson.ToText(Run(Sets(60, 1)).Result);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Equal(text, CorrectionJson.ToText(CorrectionJson.Read(stream)));
    }

    [Fact]
    public void Methods_AreDifferentAndHoldNoPlacebo()
    {
        Assert.Equal(CorrectionSelection.Methods.Count, CorrectionSelection.Methods.Distinct().Count());
        Assert.DoesNotContain(CorrectionSelection.Methods, id => id.StartsWith("random", StringComparison.Ordinal) || id == "do-nothing");
    }

    private static (CorrectionResult Result, FittedCorrection? Correction) Run(EmbeddingSet[] sets, CorrectionOptions? options = null) =>
        CorrectionSelection.Run(sets, options, cancellation: TestContext.Current.CancellationToken);

    private static EmbeddingSet[] Sets(int items, double gap)
    {
        SearchProblem problem = SelectionSamples.Make(items, 31, d: 24, gap: gap);
        return [Rows.Set(Modality.Image, Rows.All(problem.First)), Rows.Set(Modality.Text, Rows.All(problem.Second))];
    }
}
