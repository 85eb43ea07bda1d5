using System.Text.Json;
using ModalityGap.Explanations;
using ModalityGap.Measures;
using ModalityGap.Sources;
using ModalityGap.Testing;

namespace ModalityGap.Tests.Golden;

/// <summary>
/// The built-in sample against golden numbers that scripts/golden_sample.py computed with NumPy in double precision, the sample itself
/// made again from its description. Needs nothing but the clone.
/// </summary>
public sealed class SampleTests
{
    private static readonly Lazy<AnalysisResult> Result = new(() => GapAnalysis.Run(BuiltInSample.Create()));

    private static readonly Lazy<JsonElement> Golden = new(() => JsonDocument.Parse(File.ReadAllText(Path.Combine(
        SharedFolder.RepositoryRoot, "tests", "ModalityGap.Tests", "Golden", "sample.json"))).RootElement);

    private static PairResult Pair => Result.Value.Pairs[0];

    [Theory]
    [InlineData("linear", 11)]
    [InlineData("secondMoments", 27)]
    [InlineData("pairs", 11)]
    [InlineData("distances", 17)]
    [InlineData("neighbours", 13)]
    [InlineData("allPairs", 28)]
    [InlineData("exact", 10)]
    public void Sample_Measures_AreGolden(string group, int count)
    {
        GoldenTolerance tolerance = group switch
        {
            "linear" or "secondMoments" or "pairs" => GoldenTolerance.Linear,
            "allPairs" or "distances" => GoldenTolerance.AllPairs,
            "neighbours" => GoldenTolerance.SevenDigits,
            _ => GoldenTolerance.Exact,
        };
        var differences = new Differences();
        foreach (JsonProperty golden in Golden.Value.GetProperty(group).EnumerateObject())
            differences.Compare(golden.Name, Pair.Measures.GetValueOrDefault(golden.Name)?.Estimate?.Value, golden.Value.GetDouble(), tolerance);
        differences.AssertNone(count);
    }

    [Fact]
    public void Sample_Landscape_IsGolden()
    {
        var differences = new Differences();
        foreach (JsonElement golden in Golden.Value.GetProperty("landscape").EnumerateArray())
        {
            double delta = golden.GetProperty("distance").GetDouble();
            LandscapeStep step = Pair.Landscape.Families[0].Steps.Single(candidate => candidate.Distance == delta);
            differences.Compare($"signed distance at {delta}", step.SignedDistance, golden.GetProperty("signedDistance").GetDouble(), GoldenTolerance.Linear);
            differences.Compare($"recall at {delta}", step.RecallFirstToSecond, golden.GetProperty("recall")[0].GetDouble(), GoldenTolerance.Exact);
            differences.Compare($"recall back at {delta}", step.RecallSecondToFirst, golden.GetProperty("recall")[1].GetDouble(), GoldenTolerance.Exact);
            for (int t = 0; t < 4; t++)
            {
                CompareLoss(differences, $"loss {t} at {delta}", step.Full[t], golden.GetProperty("full")[t]);
                CompareLoss(differences, $"batched loss {t} at {delta}", step.Batched[t], golden.GetProperty("batched")[t]);
            }
        }
        differences.AssertNone(7 * 19);
    }

    [Fact]
    public void Sample_MixedSearchOfOneKind_IsGolden()
    {
        MixedSearchTable table = Pair.MixedSearch!;
        JsonElement golden = Golden.Value.GetProperty("mixedHitAt1");
        var differences = new Differences();
        differences.Compare("texts only", table.Raw[0].HitAt1.Value, golden.GetProperty("text").GetDouble(), GoldenTolerance.Exact);
        differences.Compare("images only", table.Raw[^1].HitAt1.Value, golden.GetProperty("image").GetDouble(), GoldenTolerance.Exact);
        differences.AssertNone(2);
    }

    [Fact]
    public void Sample_ThresholdTopDimensionsAndMap_AreGolden()
    {
        var differences = new Differences();
        JsonElement threshold = Golden.Value.GetProperty("threshold");
        ThresholdRow advised = Pair.Thresholds.Rows[0];
        differences.Compare("threshold", advised.Cosine.Value, threshold.GetProperty("cosine").GetDouble(), GoldenTolerance.AllPairs);
        differences.Compare("its recall", advised.Recall.Value, threshold.GetProperty("recall").GetDouble(), GoldenTolerance.Exact);
        for (int k = 0; k < 2; k++)
            differences.Compare($"map share {k}", Pair.Map.Shares[k], Golden.Value.GetProperty("mapShares")[k].GetDouble(), GoldenTolerance.Linear);
        differences.AssertNone(4);
        Assert.Equal(
            Golden.Value.GetProperty("topDimensions").EnumerateArray().Select(value => value.GetInt32()),
            Pair.TopDimensions.Take(5).Select(share => share.Dimension));
    }

    [Fact]
    public void Sample_FirstValues_AreGolden()
    {
        ReadOnlySpan<float> row = BuiltInSample.Create()[0].Row(0);
        var differences = new Differences();
        for (int k = 0; k < 4; k++)
            differences.Compare($"value {k}", row[k], Golden.Value.GetProperty("firstValues")[k].GetDouble(), GoldenTolerance.Linear);
        differences.AssertNone(4);
    }

    private static void CompareLoss(Differences differences, string name, DirectedLoss actual, JsonElement golden)
    {
        differences.Compare(name, actual.FirstToSecond, golden[0].GetDouble(), GoldenTolerance.AllPairs);
        differences.Compare(name + " back", actual.SecondToFirst, golden[1].GetDouble(), GoldenTolerance.AllPairs);
    }
}
