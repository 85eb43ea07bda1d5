using ModalityGap.Explanations;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Figures;

/// <summary>Gap, cosine of matched pairs and recall, group by group.</summary>
internal sealed class GroupsFigure
{
    private const double Width = 1080, Left = 250, Right = 22;

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
        var legend = new Legend(svg, 14, 14, Width - 14 - Right);
        legend.Mark(names.FirstToSecond, Mark.Circle, "fill first");
        legend.Mark(names.SecondToFirst, Mark.Diamond, "fill second");
        legend.Line("all pairs", "reference");
        IntervalColumn gap = Column("gap", group => [IntervalCell.Of(group.Gap, Mark.Square, "strongline")], names.Value("gap"), null);
        IntervalColumn cosine = Column("cosine of matched pairs", group => [IntervalCell.Of(group.MatchedCosine, Mark.Square, "strongline")], names.Value("matched-cosine-mean"), null);
        IntervalColumn recall = Column(
            "R@1",
            group => [IntervalCell.Of(group.RecallFirstToSecond, Mark.Circle, "first"), IntervalCell.Of(group.RecallSecondToFirst, Mark.Diamond, "second")],
            null,
            Numbers.Percent);
        var rows = new IntervalRows(svg, [.. groups.Select(Name)]) { Left = Left, Right = Width - Right, RowHeight = 30, LongestName = LongestName + 10 };
        double bottom = rows.Draw(legend.Bottom + 14, gap, cosine, recall);
        return svg.ToDrawing(Width, bottom + 6);
    }

    private static string Name(GroupSlice group) => $"{Words.Short(group.Name, LongestName).Replace(", ", " ", StringComparison.Ordinal)} ({Numbers.Count(group.Items)})";

    private IntervalColumn Column(string heading, Func<GroupSlice, IReadOnlyList<IntervalCell>> cells, double? reference, Func<double, string>? format) =>
        new(heading, [.. groups.Select(cells)]) { Reference = reference, Format = format };
}
