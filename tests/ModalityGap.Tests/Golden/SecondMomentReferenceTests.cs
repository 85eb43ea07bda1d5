using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Sources;
using ModalityGap.Testing;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Golden;

/// <summary>Spectra, Fréchet distance and CKA of real embeddings against values that were computed independently in double precision.</summary>
public sealed class SecondMomentReferenceTests
{
    /// <summary>Weak directions of float32 rows are known to fewer digits than strong ones, and entropies of singular values weigh them much.</summary>
    private static readonly GoldenTolerance WeakDirections = new(2e-5, 1e-8, "roots of small eigenvalues of float32 rows");

    private static readonly GoldenTolerance SevenDigits = new(2e-6, 1e-7, "the reference states seven digits of values from float32 rows");

    public static TheoryData<string> Arrays => ReferenceTests.Arrays;

    [Theory]
    [MemberData(nameof(Arrays))]
    public void PaperArray_Spectrum_Agrees(string name)
    {
        JsonElement golden = Reference("geometry.json").GetProperty(name + ".npy");
        Dictionary<string, Measurement> measures = Measure(name, new Spectrum());
        var differences = new Differences();
        foreach ((string part, string modality) in new[] { ("specX", "image"), ("specY", "text") })
        {
            JsonElement spectrum = golden.GetProperty(part);
            Compare("trace", "trace", GoldenTolerance.Linear);
            Compare("dimensions-90", "i90", GoldenTolerance.Exact);
            Compare("dimensions-99", "i99", GoldenTolerance.Exact);
            Compare("participation-ratio", "participation", GoldenTolerance.Linear);
            Compare("covariance-rank", "effRankCovEntropy", GoldenTolerance.Linear);
            Compare("singular-rank", "effRankCentredSv", WeakDirections);
            Compare("rankme", "rankMeUncentred", WeakDirections);
            Compare("isoscore", "isoScore", GoldenTolerance.Linear);

            void Compare(string id, string key, GoldenTolerance tolerance) => differences.Compare(
                $"{id} of {modality}", measures[$"spectrum-{id}/{modality}"].Estimate?.Value, spectrum.GetProperty(key).GetDouble(), tolerance);
        }
        differences.AssertNone(16);
    }

    [Fact]
    public void ReferenceArrays_FrechetDistanceAndCka_Agree()
    {
        var differences = new Differences();
        foreach (JsonProperty golden in Reference("two-sample.json").GetProperty("values").EnumerateObject())
        {
            string name = Path.GetFileNameWithoutExtension(golden.Name);
            if (!golden.Name.StartsWith("paper/", StringComparison.Ordinal))
                continue;
            Dictionary<string, Measurement> measures = Measure(name, new FrechetDistance(), new LinearCka());
            differences.Compare($"{name} Fréchet", measures["frechet-distance-squared"].Estimate?.Value, golden.Value.GetProperty("frechet_squared").GetDouble(), SevenDigits);
            differences.Compare($"{name} CKA", measures["linear-cka"].Estimate?.Value, golden.Value.GetProperty("cka_linear_biased").GetDouble(), SevenDigits);
        }
        differences.AssertNone(6);
    }

    private static Dictionary<string, Measurement> Measure(string name, params IMeasure[] measures)
    {
        string path = SharedFolder.File("data", "paper", name + ".npy");
        IReadOnlyList<EmbeddingSet> sets = EmbeddingFile.Read(path, new ReadOptions { Modalities = ["image", "text"] });
        PairEvidence evidence = Rows.Evidence(PairedEmbeddings.ByRow(UnitEmbeddings.Normalize(sets[0]), UnitEmbeddings.Normalize(sets[1])));
        return measures.SelectMany(measure => measure.Compute(evidence)).ToDictionary(measurement => measurement.Key);
    }

    private static JsonElement Reference(string name) => JsonDocument.Parse(File.ReadAllText(SharedFolder.File("reference", name))).RootElement;
}
