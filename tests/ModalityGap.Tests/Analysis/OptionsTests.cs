using ModalityGap.Embeddings;
using ModalityGap.Projections;

namespace ModalityGap.Tests.Analysis;

public sealed class OptionsTests
{
    public static TheoryData<string, AnalysisOptions> Senseless { get; } = new()
    {
        { "Temperatures", new AnalysisOptions { Temperatures = [] } },
        { "Temperatures", new AnalysisOptions { Temperatures = [0.01, 0] } },
        { "Temperatures", new AnalysisOptions { Temperatures = [-1] } },
        { "Temperatures", new AnalysisOptions { Temperatures = [double.NaN] } },
        { "Temperatures", new AnalysisOptions { Temperatures = [double.PositiveInfinity] } },
        { "Temperatures", new AnalysisOptions { Temperatures = [0.00001] } },
        { "Temperatures", new AnalysisOptions { Temperatures = [0.1, 0.1] } },
        { "Threads", new AnalysisOptions { Threads = -1 } },
        { "TextsPerItem", new AnalysisOptions { TextsPerItem = 0 } },
        { "Prevalence", new AnalysisOptions { Prevalence = 0 } },
        { "Prevalence", new AnalysisOptions { Prevalence = 1 } },
        { "Prevalence", new AnalysisOptions { Prevalence = double.NaN } },
        { "Maps", new AnalysisOptions { Maps = [MapKind.Svd, (MapKind)9] } },
        { "LandscapePairs", new AnalysisOptions { LandscapePairs = 10 } },
    };

    [Theory]
    [MemberData(nameof(Senseless))]
    public void Run_WithSenselessOptions_NamesTheOption(string name, AnalysisOptions options)
    {
        ArgumentException refused = Assert.ThrowsAny<ArgumentException>(() => GapAnalysis.Run(AnalysisSamples.Pair(5, 3), options));
        Assert.Equal(name, refused.ParamName);
    }

    [Fact]
    public void Run_WithOptions_FollowsThem()
    {
        var options = new AnalysisOptions { Temperatures = [0.07, 0.5], Prevalence = 0.2, PairedBy = PairingRule.Row, Seed = 7 };
        AnalysisResult result = GapAnalysis.Run(AnalysisSamples.Pair(30, 6), options);
        Assert.Equal([0.07, 0.5], result.Parameters.Temperatures);
        Assert.Equal((7L, "row", false), (result.Parameters.Seed, result.Parameters.PairedBy, result.Parameters.SkipInvalid));
        Assert.Equal(0.2, result.Pairs[0].Thresholds.Prevalence);
        Assert.Contains("clip-loss/0.07", result.Pairs[0].Measures.Keys);
        Assert.DoesNotContain("clip-loss/0.01", result.Pairs[0].Measures.Keys);
        Assert.Equal(2, result.Pairs[0].Landscape.Families[0].Steps[0].Full.Count);
    }

    [Fact]
    public void Run_WithTheSmallestAndLargestTemperatures_StaysFinite() =>
        AnalysisSamples.Json(GapAnalysis.Run(AnalysisSamples.Pair(60, 6), new AnalysisOptions { Temperatures = [0.0001, 0.001, 10000] }));

    [Fact]
    public void Run_SkippingInvalidRows_SaysHowMany()
    {
        EmbeddingSet[] sets = AnalysisSamples.Pair(30, 6);
        sets[1].Values[6] = float.NaN;
        AnalysisResult result = GapAnalysis.Run(sets, new AnalysisOptions { SkipInvalid = true });
        Assert.Equal((29, 29), (result.Pairs[0].Items, result.Inputs[0].Rows));
        Assert.Equal([1, 1], result.Inputs.Select(input => input.SkippedRows));
        Assert.Contains(result.Findings, finding => finding.Id == "skipped-items");
        Assert.Throws<EmbeddingDataException>(() => GapAnalysis.Run(sets));
    }
}
