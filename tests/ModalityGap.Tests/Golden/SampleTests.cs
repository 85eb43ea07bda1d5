using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Measures;
using ModalityGap.Sources;
using ModalityGap.Testing;

namespace ModalityGap.Tests.Golden;

/// <summary>
/// A sample with two texts an item against golden numbers that scripts/golden_sample.py computed with NumPy in double precision. Needs nothing but
/// the clone.
/// </summary>
public abstract class SampleTests(Lazy<AnalysisResult> result, Func<float[]> firstValues, string golden)
{
    private readonly JsonElement golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(
        SharedFolder.RepositoryRoot, "tests", "ModalityGap.Tests", "Golden", golden))).RootElement;

    private PairResult Pair => result.Value.Pairs[0];

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
        foreach (JsonProperty expected in golden.GetProperty(group).EnumerateObject())
            differences.Compare(expected.Name, Pair.Measures.GetValueOrDefault(expected.Name)?.Estimate?.Value, expected.Value.GetDouble(), tolerance);
        differences.AssertNone(count);
    }

    [Fact]
    public void Sample_Landscape_IsGolden()
    {
        var differences = new Differences();
        foreach (JsonElement expected in golden.GetProperty("landscape").EnumerateArray())
        {
            double delta = expected.GetProperty("distance").GetDouble();
            LandscapeStep step = Pair.Landscape.Families[0].Steps.Single(candidate => candidate.Distance == delta);
            differences.Compare($"signed distance at {delta}", step.SignedDistance, expected.GetProperty("signedDistance").GetDouble(), GoldenTolerance.Linear);
            differences.Compare($"recall at {delta}", step.RecallFirstToSecond, expected.GetProperty("recall")[0].GetDouble(), GoldenTolerance.Exact);
            differences.Compare($"recall back at {delta}", step.RecallSecondToFirst, expected.GetProperty("recall")[1].GetDouble(), GoldenTolerance.Exact);
            for (int t = 0; t < 4; t++)
            {
                CompareLoss(differences, $"loss {t} at {delta}", step.Full[t], expected.GetProperty("full")[t]);
                CompareLoss(differences, $"batched loss {t} at {delta}", step.Batched[t], expected.GetProperty("batched")[t]);
            }
        }
        differences.AssertNone(7 * 19);
    }

    [Fact]
    public void Sample_MixedSearchOfOneKind_IsGolden()
    {
        MixedSearchTable table = Pair.MixedSearch!;
        JsonElement expected = golden.GetProperty("mixedHitAt1");
        var differences = new Differences();
        differences.Compare("texts only", table.Raw[0].HitAt1.Value, expected.GetProperty("text").GetDouble(), GoldenTolerance.Exact);
        differences.Compare("images only", table.Raw[^1].HitAt1.Value, expected.GetProperty("image").GetDouble(), GoldenTolerance.Exact);
        differences.AssertNone(2);
    }

    [Fact]
    public void Sample_ThresholdTopDimensionsAndMap_AreGolden()
    {
        var differences = new Differences();
        JsonElement threshold = golden.GetProperty("threshold");
        ThresholdRow advised = Pair.Thresholds.Rows[0];
        differences.Compare("threshold", advised.Cosine.Value, threshold.GetProperty("cosine").GetDouble(), GoldenTolerance.AllPairs);
        differences.Compare("its recall", advised.Recall.Value, threshold.GetProperty("recall").GetDouble(), GoldenTolerance.Exact);
        for (int k = 0; k < 2; k++)
            differences.Compare($"map share {k}", Pair.Map.Shares[k], golden.GetProperty("mapShares")[k].GetDouble(), GoldenTolerance.Linear);
        differences.AssertNone(4);
        Assert.Equal(
            golden.GetProperty("topDimensions").EnumerateArray().Select(value => value.GetInt32()),
            Pair.TopDimensions.Take(5).Select(share => share.Dimension));
    }

    [Fact]
    public void Sample_FirstValues_AreGolden()
    {
        float[] row = firstValues();
        var differences = new Differences();
        for (int k = 0; k < 4; k++)
            differences.Compare($"value {k}", row[k], golden.GetProperty("firstValues")[k].GetDouble(), GoldenTolerance.Linear);
        differences.AssertNone(4);
    }

    private static void CompareLoss(Differences differences, string name, DirectedLoss actual, JsonElement expected)
    {
        differences.Compare(name, actual.FirstToSecond, expected[0].GetDouble(), GoldenTolerance.AllPairs);
        differences.Compare(name + " back", actual.SecondToFirst, expected[1].GetDouble(), GoldenTolerance.AllPairs);
    }
}

/// <summary>The generated sample, made again by the script from its description.</summary>
public sealed class GeneratedSampleTests() : SampleTests(Result, () => BuiltInSample.Create()[0].Row(0)[..4].ToArray(), "sample.json")
{
    private static readonly Lazy<AnalysisResult> Result = new(() => GapAnalysis.Run(BuiltInSample.Create()));
}

/// <summary>The emoji sample, embeddings of a real model in float16, some of them the same.</summary>
public sealed class EmojiSampleTests() : SampleTests(Result, FirstValues, "emoji.json")
{
    private static readonly Lazy<AnalysisResult> Result = new(() => GapAnalysis.Run([Read("images", Modality.Image), Read("texts", Modality.Text)], new AnalysisOptions { TextsPerItem = 2 }));

    private static EmbeddingSet Read(string name, Modality modality) =>
        EmbeddingFile.Read(Path.Combine(SharedFolder.RepositoryRoot, "samples", "emoji", $"{name}.npy"))[0].As(modality);

    private static float[] FirstValues() => UnitEmbeddings.Normalize(Read("images", Modality.Image)).Row(0)[..4].ToArray();
}
