using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Sources;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Analysis;

public sealed class GapAnalysisTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(21)]
    public void Run_OfFewItems_GivesAWholeResult(int items)
    {
        AnalysisResult result = AnalysisSamples.Run(AnalysisSamples.Pair(items, 6));
        AnalysisSamples.Json(result);
        PairResult pair = Assert.Single(result.Pairs);
        Assert.Equal((items, items, items), (pair.Items, pair.FirstRows, pair.SecondRows));
        Assert.NotEmpty(pair.Verdict.Headline);
        Assert.NotEmpty(pair.Recommendation.Snippet);
        // Below twenty items a half says nothing.
        Assert.Equal(items >= 20 ? 1 : 0, pair.Trials.Count);
        if (items < 20)
            Assert.Contains("too few items", pair.Recommendation.Headline, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_InFewDimensions_GivesAWholeResult(int dimensions)
    {
        AnalysisResult result = AnalysisSamples.Run(AnalysisSamples.Pair(30, dimensions));
        AnalysisSamples.Json(result);
        Assert.Equal(dimensions, result.Inputs[0].Dimensions);
        Assert.Equal(dimensions, result.Pairs[0].TopDimensions.Count);
    }

    [Fact]
    public void Run_OfIdenticalRows_SaysWhatIsMissing()
    {
        AnalysisResult result = AnalysisSamples.Run([AnalysisSamples.Constant("image", 25, 1, 2, 2), AnalysisSamples.Constant("text", 25, 2, -1, 0.5)]);
        AnalysisSamples.Json(result);
        PairResult pair = result.Pairs[0];
        Assert.Contains("single point", pair.Measures["effect-size"].Missing, StringComparison.Ordinal);
        Assert.Equal(0, pair.Measures["recall-at-1/image-to-text"].Estimate!.Value);
        Assert.Contains(result.Findings, finding => finding.Id == "duplicate-rows" && finding.Severity == FindingSeverity.Warning);
        Assert.Contains(pair.Findings, finding => finding.Id == "shuffled-pairing");
    }

    [Fact]
    public void Run_OfTheSameRowsTwice_SaysSo()
    {
        EmbeddingSet images = AnalysisSamples.Pair(40, 8)[0];
        AnalysisResult result = AnalysisSamples.Run([images, images.As(Modality.Text)]);
        AnalysisSamples.Json(result);
        PairResult pair = result.Pairs[0];
        Assert.Equal("closed", pair.Verdict.Band);
        Assert.Contains("very same rows", Assert.Single(pair.Findings).Message, StringComparison.Ordinal);
        Assert.Equal("do-nothing", pair.Recommendation.Action);
        Assert.Contains("no direction", pair.Landscape.Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfTwoInputsWithOneName_IsRefusedInWords()
    {
        EmbeddingSet images = AnalysisSamples.Pair(10, 8)[0];
        ArgumentException refused = Assert.Throws<ArgumentException>(() => AnalysisSamples.Run([images, images]));
        Assert.Contains("image", refused.Message, StringComparison.Ordinal);
        Assert.Contains("name", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfRowsInTheWrongOrder_FindsIt()
    {
        EmbeddingSet[] sets = AnalysisSamples.Pair(60, 16);
        int[] shifted = [.. Enumerable.Range(0, 60).Select(i => (i + 7) % 60)];
        PairResult right = AnalysisSamples.Run(sets).Pairs[0], wrong = AnalysisSamples.Run([sets[0], sets[1].Select(shifted)]).Pairs[0];
        Assert.DoesNotContain(right.Findings, finding => finding.Id == "shuffled-pairing");
        Assert.Contains("not in the same order", wrong.Findings.Single(finding => finding.Id == "shuffled-pairing").Message, StringComparison.Ordinal);
        Tolerance.Digits(6).Check(right.Measures["gap"].Estimate!.Value, wrong.Measures["gap"].Estimate!.Value, "the gap does not depend on the order");
    }

    [Fact]
    public void Run_OfRepeatedRowsAndOddNorms_NotesThem()
    {
        EmbeddingSet[] sets = AnalysisSamples.Pair(40, 8);
        EmbeddingSet texts = sets[1].Select([.. Enumerable.Range(0, 40).Select(i => i < 37 ? i : 0)]);
        AnalysisResult result = AnalysisSamples.Run([sets[0], texts]);
        Finding repeated = result.Findings.Single(finding => finding.Id == "duplicate-rows");
        Assert.Equal(FindingSeverity.Note, repeated.Severity);
        Assert.StartsWith("3 of 40 rows of text", repeated.Message, StringComparison.Ordinal);
        Assert.Equal((0, 3), (result.Inputs[0].DuplicateRows, result.Inputs[1].DuplicateRows));
        Assert.Equal(2, result.Findings.Count(finding => finding.Id == "not-unit-norm"));
        Assert.Contains("set to 1", result.Detected, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfUnitRows_HasNothingToNote()
    {
        EmbeddingSet[] sets = [.. AnalysisSamples.Pair(40, 8).Select(set => Rows.Set(set.Modality, Rows.All(UnitEmbeddings.Normalize(set))))];
        AnalysisResult result = AnalysisSamples.Run(sets);
        Assert.Empty(result.Findings);
        Assert.Equal("2 modalities x 40 pairs x 8 dimensions, float32, unit norm, paired by row", result.Detected);
        Assert.Equal(result.Detected, Detection.InWords(sets));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Run_OfSeveralModalities_HoldsEachAgainstEach(int modalities)
    {
        AnalysisResult result = AnalysisSamples.Run(AnalysisSamples.Modalities(24, 8, modalities));
        AnalysisSamples.Json(result);
        Assert.Equal(modalities * (modalities - 1) / 2, result.Pairs.Count);
        Assert.Equal(result.Pairs.Count, result.Pairs.Select(pair => (pair.First, pair.Second)).Distinct().Count());
        // Each modality asks for documents of every pair of the others.
        Assert.Equal(result.Pairs.Count * (modalities - 2), result.MixedSearch.Count);
        Assert.All(result.MixedSearch, table => Assert.DoesNotContain(table.Query, new[] { table.First, table.Second }));
    }

    [Fact]
    public void Run_OfSeveralTexts_UsesThemAllForSearchAndTheFirstForTheRest()
    {
        EmbeddingSet[] sets = AnalysisSamples.Captioned(40, 12, 3);
        AnalysisResult result = AnalysisSamples.Run(sets, new AnalysisOptions { TextsPerItem = 3 });
        AnalysisSamples.Json(result);
        PairResult pair = result.Pairs[0];
        Assert.Equal((40, 40, 120), (pair.Items, pair.FirstRows, pair.SecondRows));
        Assert.NotNull(pair.MixedSearch);
        Assert.Equal(120, pair.Measures["recall-at-1/text-to-image"].Estimate!.Count);
        PairResult firsts = AnalysisSamples.Run([sets[0], sets[1].Select([.. Enumerable.Range(0, 40).Select(item => 3 * item)])]).Pairs[0];
        Assert.Equal(firsts.Measures["gap"], pair.Measures["gap"]);
        Assert.Equal(firsts.Measures["clip-loss/0.01"], pair.Measures["clip-loss/0.01"]);
        Assert.Contains("40 items (40 image, 120 text)", result.Detected, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfOneItem_IsRefused()
    {
        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(() => AnalysisSamples.Run(AnalysisSamples.Pair(1, 4)));
        Assert.Contains("only one item", fault.Fault, StringComparison.Ordinal);
        Assert.Contains("at least 2", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithAnotherSeed_ChangesIntervalsOnly()
    {
        EmbeddingSet[] sets = AnalysisSamples.Pair(40, 8);
        Dictionary<string, Measurement> one = new(AnalysisSamples.Run(sets).Pairs[0].Measures);
        Dictionary<string, Measurement> other = new(AnalysisSamples.Run(sets, new AnalysisOptions { Seed = 5 }).Pairs[0].Measures);
        foreach (string key in one.Keys.Where(key => key != "gap-p-value"))
            Assert.Equal(one[key].Estimate?.Value, other[key].Estimate?.Value);
        Assert.Contains(one.Keys, key => one[key] != other[key]);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 5)]
    public void Run_WithAnyNumberOfThreads_WritesTheSameText(int threads, int others)
    {
        EmbeddingSet[] sets = [.. AnalysisSamples.Captioned(300, 20, 2), AnalysisSamples.Modalities(300, 20, 9, "sound")[0]];
        string one = AnalysisSamples.Json(AnalysisSamples.Run(sets, new AnalysisOptions { Threads = threads, TextsPerItem = 2 }));
        Assert.Equal(one, AnalysisSamples.Json(AnalysisSamples.Run(sets, new AnalysisOptions { Threads = others, TextsPerItem = 2 })));
    }

    [Fact]
    public void Run_OfTheBuiltInSample_AdvisesWhatItsTrialShows()
    {
        AnalysisResult result = GapAnalysis.Run(BuiltInSample.Create());
        AnalysisSamples.Json(result);
        PairResult pair = result.Pairs[0];
        Assert.Equal("mean-removal", pair.Recommendation.Action);
        Assert.True(pair.Trials[0].Rows.First(row => row.Id == "mixed-search").Difference.Low > 0);
        Assert.Equal("severe", pair.Verdict.Band);
    }
}
