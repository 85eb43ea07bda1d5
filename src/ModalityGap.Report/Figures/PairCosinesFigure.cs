using ModalityGap.Report.Charts;

namespace ModalityGap.Report.Figures;

/// <summary>The cosines of every pair of modalities on one axis.</summary>
internal static class PairCosinesFigure
{
    /// <summary>A page with more pairs than this has no room for fine bins.</summary>
    private const int MostFine = 15;

    /// <summary>The figure, or <c>null</c> for a single pair or where nothing was counted.</summary>
    public static Figure? Of(IReadOnlyList<PairResult> pairs)
    {
        PairResult[] counted = [.. pairs.Where(pair => pair.Histograms.Matched.Any(count => count > 0))];
        if (counted.Length < 2)
            return null;
        var rows = new CosineRows(PairRows.Names(counted), [.. counted.Select(pair => pair.Histograms)], counted.Length > MostFine ? 5 : null);
        return new Figure
        {
            Name = "pair-cosines",
            Title = Title(counted),
            Caption = "Density of the cosines of all pairs of rows; within a row of the figure areas are equal. The first modality is the one named first. "
                + (rows.SharesHeight ? "All pairs have the same axes." : "All pairs have the same cosine axis; each is as high as its own peak."),
            Measure = "matched-cosine-mean",
            Drawing = rows.Draw(("two rows of the first", "two rows of the second")),
            Data = new DataTable(
                ["Pair", "Cosine from", "to", "matched", "unmatched", "first, within", "second, within"],
                [.. counted.SelectMany((pair, k) => rows.Table(k).Select(cells => (IReadOnlyList<string>)[$"{pair.First} and {pair.Second}", .. cells]))]),
        };
    }

    private static string Title(PairResult[] pairs)
    {
        (PairResult Pair, double? Lift)[] lifts = [.. pairs.Select(pair => (pair, Lift(pair))).OrderBy(one => one.Item2)];
        if (lifts.Any(one => one.Lift is null))
            return "How the cosines of every pair of modalities spread";
        (PairResult least, double? low) = lifts[0];
        (PairResult most, double? high) = lifts[^1];
        return $"Matched pairs stand out most between {Words.Short(most.First)} and {Words.Short(most.Second)} ({Numbers.Three(high!.Value)} above unmatched), "
            + $"least between {Words.Short(least.First)} and {Words.Short(least.Second)} ({Numbers.Three(low!.Value)})";
    }

    private static double? Lift(PairResult pair)
    {
        var names = new PairNames(pair);
        return names.Value("matched-cosine-mean") - names.Value("unmatched-cosine-mean");
    }
}
