using ModalityGap.Explanations;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Figures;

/// <summary>Gap, cosine of matched pairs and recall, group by group.</summary>
internal sealed class GroupsFigure
{
    private const int LongestName = 26;

    private readonly PairResult pair;
    private readonly PairNames names;
    private readonly IReadOnlyList<GroupSlice> groups;

    private GroupsFigure(PairResult pair, IReadOnlyList<GroupSlice> groups)
    {
        this.pair = pair;
        this.groups = groups;
        names = new PairNames(pair);
    }

    /// <summary>The figure, or <c>null</c> where there are no groups.</summary>
    public static Figure? Of(PairResult pair) => pair.Groups is { Count: > 1 } groups ? new GroupsFigure(pair, groups).Compose() : null;

    private Figure Compose() => new()
    {
        Name = "groups",
        Title = Title(),
        Caption = "Each group's own pairs; they search among all rows. A small group has a wide interval, and its gap is biased upward: its interval is that of the debiased gap.",
        Measure = "recall-at-1",
        IsWide = true,
        Drawing = Draw(),
        Data = new DataTable(
            ["Group", "Items", "Gap", "Cosine of matched pairs", $"R@1 {names.FirstToSecond}", $"R@1 {names.SecondToFirst}"],
            [.. groups.Select(group => (IReadOnlyList<string>)[
                group.Name, Numbers.Count(group.Items), Numbers.Of(group.Gap), Numbers.Of(group.MatchedCosine),
                Numbers.Of(group.RecallFirstToSecond), Numbers.Of(group.RecallSecondToFirst)])]),
    };

    private string Title()
    {
        GroupSlice worst = groups.MinBy(group => Recall(group))!, best = groups.MaxBy(group => Recall(group))!;
        string span = $"R@1 of {pair.Second} queries goes from {Numbers.Percent(Recall(worst))} ({Words.Short(worst.Name, 40)}) to {Numbers.Percent(Recall(best))} ({Words.Short(best.Name, 40)})";
        return worst.RecallSecondToFirst.High < best.RecallSecondToFirst.Low ? $"Groups differ: {span}" : $"{span}; their intervals overlap";
    }

    private static double Recall(GroupSlice group) => group.RecallSecondToFirst.Value;

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        var legend = new Legend(svg, 10, 14, ForestPlot.WholeWidth - 24);
        legend.Mark(names.FirstToSecond, Mark.Circle, "fill first");
        legend.Mark(names.SecondToFirst, Mark.Diamond, "fill second");
        legend.Line("all pairs", "reference");
        IReadOnlyList<ForestPanel> panels =
        [
            Panel("gap", group => [new ForestPoint(group.Gap, Mark.Square, "strongline")], names.Value("gap")),
            Panel("cosine of matched pairs", group => [new ForestPoint(group.MatchedCosine, Mark.Square, "strongline")], names.Value("matched-cosine-mean")),
            Panel("R@1", group => [new ForestPoint(group.RecallFirstToSecond, Mark.Circle, "first"), new ForestPoint(group.RecallSecondToFirst, Mark.Diamond, "second")], null) with
            {
                Format = Numbers.Percent,
            },
        ];
        var plot = new ForestPlot([.. groups.Select(Name)], panels) { FrameWidth = ForestPlot.WholeWidth, NameWidth = 260 };
        return svg.ToDrawing(ForestPlot.WholeWidth, plot.Draw(svg, legend.Bottom + 4));
    }

    private static string Name(GroupSlice group) => $"{Words.Short(group.Name, LongestName)} ({Numbers.Count(group.Items)})";

    private ForestPanel Panel(string heading, Func<GroupSlice, IReadOnlyList<ForestPoint>> points, double? line) => new(heading, [.. groups.Select(points)]) { Line = line };
}
