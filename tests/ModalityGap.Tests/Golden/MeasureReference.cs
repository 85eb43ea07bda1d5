using System.Text.Json;

namespace ModalityGap.Tests.Golden;

/// <summary>Compares a pair's measures with geometry.json and two-sample.json, entry by entry.</summary>
internal static class MeasureReference
{
    private static readonly (string Id, string Golden)[] Plain =
    [
        ("gap", "L2M"), ("relative-modality-gap", "RMG"), ("relative-modality-gap-with-diagonal", "RMG_diag"), ("relative-modality-gap-unhalved", "RMG_noHalfNum"),
        ("gap-mean-square", "MSEmeans"), ("gap-unnormalised", "rawGap"), ("unmatched-cosine-mean", "unpairedCos"), ("alignment", "align"),
    ];

    private static readonly (string Mean, string Deviation, string[] Golden)[] WithDeviation =
    [
        ("matched-cosine-mean", "matched-cosine-deviation", ["pairedCos"]),
        ("pair-distance-mean", "pair-distance-deviation", ["L2I"]),
        ("pair-direction-mean", "pair-direction-deviation", ["drml", "direction"]),
        ("pair-orthogonality-mean/image", "pair-orthogonality-deviation/image", ["drml", "orthX"]),
        ("pair-orthogonality-mean/text", "pair-orthogonality-deviation/text", ["drml", "orthY"]),
    ];

    public static void CompareGeometry(Differences differences, JsonElement golden, PairResult pair)
    {
        foreach ((string id, string key) in Plain)
            Compare(differences, pair, id, golden.GetProperty(key), GoldenTolerance.Linear);
        foreach ((string mean, string deviation, string[] path) in WithDeviation)
        {
            JsonElement both = path.Aggregate(golden, (element, key) => element.GetProperty(key));
            GoldenTolerance tolerance = mean.Contains("orthogonality", StringComparison.Ordinal) ? GoldenTolerance.OfDeviations : GoldenTolerance.Linear;
            Compare(differences, pair, mean, both[0], tolerance);
            Compare(differences, pair, deviation, both[1], tolerance);
        }
        string[] kinds = ["image", "text", "pooled"];
        for (int k = 0; k < kinds.Length; k++)
            Compare(differences, pair, "uniformity/" + kinds[k], golden.GetProperty("unif")[k], GoldenTolerance.AllPairs);
        Compare(differences, pair, "uniformity/cross", golden.GetProperty("crossUnif"), GoldenTolerance.AllPairs);
    }

    public static void CompareTwoSample(Differences differences, JsonElement golden, PairResult pair)
    {
        Compare(differences, pair, "effect-size", golden.GetProperty("effect_size"), GoldenTolerance.SevenDigits);
        Compare(differences, pair, "energy-distance-two-sample", golden.GetProperty("energy_U"), GoldenTolerance.AllPairs);
        Compare(differences, pair, "energy-distance-biased", golden.GetProperty("energy_V"), GoldenTolerance.AllPairs);
        Compare(differences, pair, "median-distance", golden.GetProperty("median_distance"), GoldenTolerance.AllPairs);
        string[] bandwidths = ["0.5", "1", "2"];
        for (int k = 0; k < bandwidths.Length; k++)
        {
            Compare(differences, pair, "mmd-squared-two-sample/" + bandwidths[k], golden.GetProperty("mmd2_U")[k], GoldenTolerance.AllPairs);
            Compare(differences, pair, "mmd-squared-biased/" + bandwidths[k], golden.GetProperty("mmd2_V")[k], GoldenTolerance.AllPairs);
        }
        JsonElement own = golden.GetProperty("nearest_neighbour_own_modality");
        Compare(differences, pair, "nearest-own-share/image", own[0], GoldenTolerance.SevenDigits);
        Compare(differences, pair, "nearest-own-share/text", own[1], GoldenTolerance.SevenDigits);
        Compare(differences, pair, "nearest-other-rank/image", golden.GetProperty("TMR"), GoldenTolerance.SevenDigits);
        Compare(differences, pair, "nearest-other-rank/text", golden.GetProperty("IMR"), GoldenTolerance.SevenDigits);
        Compare(differences, pair, "mutual-neighbours", golden.GetProperty("mutual_knn_10"), GoldenTolerance.SevenDigits);
        foreach ((string direction, string key) in new[] { ("image-to-text", "y_by_x"), ("text-to-image", "x_by_y") })
            foreach ((string id, string of) in new[] { ("hubness-skewness", "skew"), ("hubness-largest-count", "max"), ("anti-hub-share", "antihub"), ("hubness-gini", "gini") })
                Compare(differences, pair, $"{id}/{direction}", golden.GetProperty("hubness").GetProperty($"{of}_{key}"), GoldenTolerance.SevenDigits);
    }

    private static void Compare(Differences differences, PairResult pair, string key, JsonElement golden, GoldenTolerance tolerance) =>
        differences.Compare(key, pair.Measures.GetValueOrDefault(key)?.Estimate?.Value, golden.GetDouble(), tolerance);
}
