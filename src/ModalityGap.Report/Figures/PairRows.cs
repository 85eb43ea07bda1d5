using ModalityGap.Report.Charts;

namespace ModalityGap.Report.Figures;

/// <summary>The pairs of modalities of one result as rows of a figure.</summary>
internal static class PairRows
{
    /// <summary>"image · text" for each pair, cut where it must be.</summary>
    public static string[] Names(IReadOnlyList<PairResult> pairs)
    {
        string[] whole = [.. pairs.Select(pair => $"{pair.First} · {pair.Second}")];
        return whole.All(name => TextWidth.Of(name, TextWidth.LargestLabel) <= ForestPlot.MostNameWidth)
            ? whole
            : DistinctNames.Fit([.. pairs.Select(Halves)], ForestPlot.MostNameWidth);
    }

    private static string Halves(PairResult pair)
    {
        double half = ForestPlot.MostNameWidth / 2 - 8;
        return $"{TextWidth.Fit(pair.First, half)} · {TextWidth.Fit(pair.Second, half)}";
    }
}
