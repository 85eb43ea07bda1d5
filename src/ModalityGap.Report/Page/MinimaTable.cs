using ModalityGap.Explanations;
using ModalityGap.Report.Figures;

namespace ModalityGap.Report.Page;

/// <summary>Where each curve of the landscape is lowest, and whether the gap as it is lies there.</summary>
internal static class MinimaTable
{
    public static DataTable Of(PairResult pair) => new(
        ["Moved", "τ", "Batch", "Curve", "δ at the minimum", "Gap there", "Loss there", "Loss at δ = 0", "Gap as it is the minimum?"],
        [.. pair.Landscape.Families.SelectMany(family => family.Minima.Select(minimum => Row(pair, family, minimum)))]);

    private static IReadOnlyList<string> Row(PairResult pair, LandscapeFamily family, LandscapeMinimum minimum) =>
    [
        family.Convention switch { "both" => "both, by half of δ", "first-only" => pair.First, "second-only" => pair.Second, var other => other },
        Numbers.Exact(minimum.Temperature),
        minimum.Batch == "batched" ? $"of {Numbers.Count(pair.Landscape.BatchSize)}" : Full(pair.Landscape),
        minimum.Curve switch
        {
            "first-to-second" => $"{pair.First} to {pair.Second} (as published)",
            "second-to-first" => $"{pair.Second} to {pair.First}",
            var other => other,
        },
        Numbers.SignAlways(minimum.Distance.Value, "0.000") + Numbers.Interval(minimum.Distance, Numbers.Three),
        Numbers.Three(minimum.SignedDistance),
        Numbers.Three(minimum.Loss),
        Numbers.Three(minimum.LossUnshifted),
        minimum.DefaultGapIsMinimum ? "yes" : "no",
    ];

    private static string Full(LandscapeResult landscape) =>
        landscape.Pairs < landscape.TotalPairs ? $"{Words.Counted(landscape.Pairs, "pair")}, sampled" : "all pairs";
}
