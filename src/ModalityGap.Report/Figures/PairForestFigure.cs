using ModalityGap.Measures;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Figures;

/// <summary>Gap and recall of every pair of modalities with their intervals, on the same axes.</summary>
internal static class PairForestFigure
{
    /// <summary>The figure, or <c>null</c> for a single pair or where nothing was measured.</summary>
    public static Figure? Of(IReadOnlyList<PairResult> pairs) =>
        pairs.Count < 2 || pairs.All(pair => Gap(pair) is null && Forth(pair) is null) ? null : new Figure
        {
            Name = "pair-forest",
            Title = Title(pairs),
            Caption = "Gap and R@1 of every pair with their 95 % intervals. Intervals of pairs that share a modality are not independent: "
                + "whether one pair's number differs from "
                + "another's they do not say.",
            Measure = "gap",
            Drawing = Draw(pairs),
            Data = new DataTable(
                ["Pair", "Gap", "R@1, first to second", "R@1, second to first", "n"],
                [.. pairs.Select(pair => (IReadOnlyList<string>)[
                    $"{pair.First} and {pair.Second}", Cell(Gap(pair)), Cell(Forth(pair)), Cell(Back(pair)), Numbers.Count(pair.Items)])]),
        };

    private static string Title(IReadOnlyList<PairResult> pairs)
    {
        (PairResult Pair, Estimate Gap)[] gaps = [.. pairs.Select(pair => (pair, Gap(pair)!)).Where(one => one.Item2 is not null).OrderBy(one =>
            one.Item2.Value)];
        if (gaps.Length < 2)
            return "Gap and recall of every pair";
        (PairResult near, Estimate small) = gaps[0];
        (PairResult far, Estimate large) = gaps[^1];
        string start = $"{Words.Capital(Words.Short(far.First))} and {Words.Short(far.Second)} lie farthest apart ({Numbers.Three(large.Value)}), "
            + $"{Words.Short(near.First)} and {Words.Short(near.Second)} nearest ({Numbers.Three(small.Value)})";
        PairResult? best = pairs.Where(pair => Mean(pair) is not null).MaxBy(Mean);
        return best is null ? start : $"{start}; most is found between {Words.Short(best.First)} and {Words.Short(best.Second)}";
    }

    private static Drawing Draw(IReadOnlyList<PairResult> pairs)
    {
        var svg = new SvgWriter();
        var legend = new Legend(svg, 10, 14, ForestPlot.Width - 24);
        legend.Mark("first to second", Mark.Circle, "fill first");
        legend.Mark("second to first", Mark.Diamond, "fill second");
        double bottom = new ForestPlot(
            PairRows.Names(pairs),
            [
                new ForestPanel("gap", [.. pairs.Select(pair => Points((Gap(pair), Mark.Square, "strongline")))]) { Line = 0 },
                new ForestPanel("R@1", [.. pairs.Select(pair => Points((Forth(pair), Mark.Circle, "first"), (Back(pair), Mark.Diamond,
                    "second")))]) { Line = 0, Highest = 1 },
            ]).Draw(svg, legend.Bottom + 6);
        return svg.ToDrawing(ForestPlot.Width, bottom);
    }

    private static ForestPoint[] Points(params ReadOnlySpan<(Estimate? Estimate, Mark Mark, string Look)> all)
    {
        List<ForestPoint> points = [];
        foreach ((Estimate? estimate, Mark mark, string look) in all)
            if (estimate is not null)
                points.Add(new ForestPoint(estimate, mark, look));
        return [.. points];
    }

    private static string Cell(Estimate? estimate) => estimate is null ? Numbers.None : Numbers.Of(estimate);

    private static double? Mean(PairResult pair) => (Forth(pair)?.Value + Back(pair)?.Value) / 2;

    private static Estimate? Gap(PairResult pair) => Of(pair, "gap");

    private static Estimate? Forth(PairResult pair) => Of(pair, $"recall-at-1/{pair.First}-to-{pair.Second}");

    private static Estimate? Back(PairResult pair) => Of(pair, $"recall-at-1/{pair.Second}-to-{pair.First}");

    private static Estimate? Of(PairResult pair, string key) => pair.Measures.TryGetValue(key, out Measurement? measured) ? measured.Estimate : null;
}
