using ModalityGap.Evaluation;
using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>Rates of labels and accuracy by group along the gap, as classified by the models of all seeds.</summary>
/// <param name="Task">What was classified.</param>
/// <param name="PictureGroups">The group of each picture.</param>
/// <param name="Sets">Classes that count as one; the first are those that are not human.</param>
/// <param name="Seeds">The classification of each seed.</param>
internal sealed record ToneRates(PictureTask Task, string[] PictureGroups, ClassSet[] Sets, ClassificationResult[] Seeds)
{
    private const string Units = "seeds";

    private const double AsItIs = 0, Larger = -0.2, TooSmall = 0.75, TooLarge = -1;

    private GroupShift[] At(double delta) => [.. Seeds.Select(seed => seed.AlongGap.First(point => Math.Abs(point.Shift - delta) < 1e-9))];

    private Estimate Mean(double delta, Func<GroupTable, double> number) => StudentInterval.Mean([.. At(delta).Select(point => number(point.Table))], Units);

    private Estimate Change(double from, double to, Func<GroupTable, double> number) =>
        StudentInterval.Mean([.. At(to).Zip(At(from), (a, b) => number(a.Table) - number(b.Table))], Units);

    private static double RightOf(GroupTable table) => table.Accuracy.Estimate!.Value;

    private static double ForeignOf(GroupTable table) => table.Groups.Sum(row => row.Images * row.Rates[0].Value) / table.Groups.Sum(row => row.Images);

    private static double ApartOf(GroupTable table) => table.Disparities.First(one => one.Column == GroupTable.Sum).Difference.Value;

    private OwnNumber[] Numbers(string name, Func<GroupTable, double> number) =>
        [.. ((double[])[AsItIs, Larger, TooSmall, TooLarge]).Select(delta =>
            new OwnNumber($"{name}, δ = {Cells.Of(delta)}", Mean(delta, number).Within(0, 1)))];

    public Outcome Accuracy()
    {
        Estimate[] lost = [.. ((double[])[Larger, TooSmall, TooLarge]).Select(delta => Change(delta, AsItIs, RightOf))];
        return new Outcome(
            "tone-accuracy", Verdict.Of(lost),
            $"Of {Task.Count} classes. A gap enlarged by 0.2 costs {Verdict.Words(lost[0])}, one made smaller by 0.75 {Verdict.Words(lost[1])}, one "
                + $"enlarged by 1 {Verdict.Words(lost[2])}.",
            Numbers("accuracy", RightOf));
    }

    public Outcome Foreign()
    {
        Estimate more = Change(AsItIs, TooLarge, ForeignOf);
        return new Outcome(
            "tone-animals", Verdict.Of(more), $"With a gap enlarged by 1 the share of people who are labelled an animal is larger by {Verdict.Words(more)}.",
            Numbers("labelled an animal", ForeignOf));
    }

    public Outcome Apart()
    {
        Estimate more = Change(AsItIs, TooLarge, ApartOf);
        return new Outcome(
            "tone-disparity", Verdict.Of(more),
            "Between the tones with most and with fewest labels of animals and fantasy the difference "
                + $"grows by {Verdict.Words(more)} when the gap is enlarged by 1.",
            Numbers("highest less lowest rate", ApartOf));
    }

    private string[] Groups => [.. Seeds[0].AlongGap[0].Table.Groups.Select(row => row.Name)];

    private IEnumerable<(string Name, Func<GroupRow, double> Of)> Columns =>
    [
        .. Sets.Select((set, k) => (set.Name, (Func<GroupRow, double>)(row => row.Rates[k].Value))), (GroupTable.AccuracyColumn, row => row.Accuracy!.Value),
    ];

    private Estimate Rate(double delta, string group, Func<GroupRow, double> number) =>
        Mean(delta, table => number(table.Groups.First(row => row.Name == group))).Within(0, 1);

    private double[] Shifts => [.. Seeds[0].AlongGap.Select(point => point.Shift)];

    public ResultTable Table() => new(
        "rates",
        "Share of pictures with a label, and accuracy, by group and shift",
        ["shift", "signed distance", "group", "labels", "pictures", "share", "low", "high"],
        [
            .. from delta in Shifts
               from @group in Groups
               from column in Columns
               let rate = Rate(delta, @group, column.Of)
               select (IReadOnlyList<string>)[
                   Cells.Of(delta), Cells.Of(At(delta).Average(point => point.SignedDistance)), @group, column.Name,
                   Cells.Of(PictureGroups.Count(one => one == @group)),
                   .. Cells.Row(rate.Value, rate.Low ?? rate.Value, rate.High ?? rate.Value)],
        ]);

    public ResultTable Disparities() => new(
        "disparities",
        "How far groups are apart, and whether shuffled groups would be",
        ["shift", "seed", "labels", "highest", "lowest", "difference", "p, shuffled"],
        [
            .. from delta in Shifts
               from seed in Enumerable.Range(0, Seeds.Length)
               from one in At(delta)[seed].Table.Disparities
               select (IReadOnlyList<string>)[
                   Cells.Of(delta), Cells.Of(seed + 1), one.Column, one.Highest, one.Lowest, Cells.Of(one.Difference.Value), Cells.Of(one.Equality.Value)],
        ]);

    public Chart Figure() => new()
    {
        Name = "rates-by-shift",
        Title = "Labels and accuracy by group while the pictures move along the gap",
        Caption = "Means over seeds; a negative shift enlarges the gap. The table has the intervals.",
        Panels = [.. Columns.Select(column => new ChartPanel
        {
            Heading = column.Name == GroupTable.AccuracyColumn ? column.Name : $"labelled {column.Name}",
            Across = "shift δ of the pictures",
            Marked = [0],
            Series = [.. Groups.Select(group => ChartSeries.Of(group, SeriesKind.Line, Shifts, Shifts.Select(delta => Rate(delta, group, column.Of).Value)))],
        })],
    };
}
