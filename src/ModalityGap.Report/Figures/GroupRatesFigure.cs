using ModalityGap.Evaluation;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Figures;

/// <summary>How often each group takes a class of each set, and its own, as it is and at two shifts that the paper prints (its Tables 2 and 4).</summary>
internal sealed class GroupRatesFigure
{
    private const int LongestName = 26;

    private static readonly (double Shift, Mark Mark, string Look)[] Shown = [(0, Mark.Square, "strongline"), (-0.2, Mark.Circle, "first"),
        (0.75, Mark.Diamond, "second")];

    private readonly ClassificationResult result;
    private readonly GroupTable table;

    private GroupRatesFigure(ClassificationResult result, GroupTable table) => (this.result, this.table) = (result, table);

    /// <summary>The figure, or <c>null</c> where there are no groups.</summary>
    public static Figure? Of(ClassificationResult result) => result.Groups is { } table ? new GroupRatesFigure(result, table).Compose() : null;

    private Figure Compose() => new()
    {
        Name = "group-rates",
        Title = Title(),
        Caption = $"Rates with Wilson's intervals, at shifts δ along {result.Along} ({result.Convention}): a negative one enlarges the gap. Whether groups differ at all is told by a test that shuffles rows "
            + "among them; the numbers have it, and every shift.",
        Measure = "group-rate",
        IsWide = true,
        Drawing = Draw(),
        Data = new DataTable(
            ["Group", "Shift δ", "Rows", .. Columns().Select(column => column.Name)],
            [
                .. Tables().SelectMany(point => point.Table.Groups.Select(row => (IReadOnlyList<string>)[
                    row.Name, Shift(point.Delta), Numbers.Count(row.Images), .. Columns()
                        .Select(column => column.RateOf(row) is { } rate ? Numbers.Percent(rate) : Numbers.None)])),
                .. Tables().SelectMany(point => Disparity(point.Delta, point.Table)),
            ]),
    };

    private string Title()
    {
        GroupDisparity widest = table.Disparities.MaxBy(disparity => disparity.Difference.Value)!;
        string column = widest.Column == GroupTable.Sum ? "classes of all sets together" : widest.Column == GroupTable.AccuracyColumn
            ? "their own class" : $"classes of the set {Words.Short(widest.Column)}";
        return $"Groups take {column} at rates {Numbers.Points(widest.Difference.Value).TrimStart('+')} apart, {Words.Short(widest.Highest, 40)} most and {Words.Short(widest.Lowest, 40)} least"
            + (widest.Equality.Value < 0.05 ? "" : "; shuffled groups are as far apart");
    }

    private IEnumerable<(double Delta, GroupTable Table)> Tables() => result.AlongGap.Count == 0 ? [(0, table)]
        : result.AlongGap.Select(point => (point.Shift, point.Table));

    private IEnumerable<(string Name, Func<GroupRow, Estimate?> RateOf)> Columns()
    {
        for (int k = 0; k < table.ClassSets.Count; k++)
        {
            int set = k;
            yield return (table.ClassSets[k].Name, row => row.Rates[set]);
        }
        if (table.ClassSets.Count > 1)
            yield return (GroupTable.Sum, row => row.Sum);
        yield return (GroupTable.AccuracyColumn, row => row.Accuracy);
    }

    private IEnumerable<IReadOnlyList<string>> Disparity(double delta, GroupTable at)
    {
        if (at.Disparities.Count == 0)
            return [];
        return
        [
            ["highest less lowest", Shift(delta), "", .. Columns().Select(column => Find(column.Name) is { } one ? Numbers.Of(one.Difference) : Numbers.None)],
            ["p (no difference)", Shift(delta), "", .. Columns()
                .Select(column => Find(column.Name) is { } one ? Numbers.Plain(one.Equality.Value) : Numbers.None)],
        ];

        GroupDisparity? Find(string column) => at.Disparities.FirstOrDefault(one => one.Column == column);
    }

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        var legend = new Legend(svg, 10, 14, ForestPlot.WholeWidth - 24);
        (double Shift, Mark Mark, string Look)[] shown = [.. Shown.Where(one => Tables().Any(point => point.Delta == one.Shift))];
        foreach ((double shift, Mark mark, string look) in shown)
            legend.Mark(shift == 0 ? "as it is" : $"δ = {Shift(shift)}", mark, "fill " + look);
        ForestPanel[] panels =
        [
            .. Columns().Select(column => new ForestPanel(
                Words.Short(column.Name),
                [.. table.Groups.Select((_, g) => (IReadOnlyList<ForestPoint>)[
                    .. from one in shown
                       let row = Tables().First(point => point.Delta == one.Shift).Table.Groups[g]
                       let rate = column.RateOf(row)
                       where rate is not null
                       select new ForestPoint(rate, one.Mark, one.Look)])])
            {
                Format = Numbers.Percent,
                Highest = 1,
            }),
        ];
        var plot = new ForestPlot([.. table.Groups.Select(row => $"{Words.Short(row.Name, LongestName)} ({Numbers.Count(row.Images)})")], panels)
        {
            FrameWidth = ForestPlot.WholeWidth,
            NameWidth = 260,
        };
        return svg.ToDrawing(ForestPlot.WholeWidth, plot.Draw(svg, legend.Bottom + 4));
    }

    private static string Shift(double shift) => Numbers.SignAlways(shift, "0.00");
}
