using ModalityGap.Evaluation;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Figures;

/// <summary>Zero-shot accuracy, or the area under the ROC curve, while rows and class texts move along the gap, with the best shift chosen in both
/// ways (the paper's Table 1).</summary>
internal sealed class ZeroShotFigure
{
    private const double Width = 540, Left = 52, Right = 14, PlotHeight = 230, Bottom = 48;

    private readonly ClassificationResult result;
    private readonly SweepResult sweep;
    private readonly SweepChoice choice;

    private ZeroShotFigure(ClassificationResult result, SweepResult sweep, SweepChoice choice) =>
        (this.result, this.sweep, this.choice) = (result, sweep, choice);

    /// <summary>A figure for each number that was swept; none where there are too few rows to choose a shift.</summary>
    public static IEnumerable<Figure> Of(ClassificationResult result) =>
        from sweep in result.Sweeps where sweep.Choice is not null select new ZeroShotFigure(result, sweep, sweep.Choice!).Compose();

    private string Number => sweep.Number == "roc-auc" ? "ROC-AUC" : "top-1 accuracy";

    private Figure Compose() => new()
    {
        Name = sweep.Number == "roc-auc" ? "zero-shot-area" : "zero-shot",
        Title = Title(),
        Caption = $"{Words.Capital(Number)} of {Words.Counted(result.ZeroShot.Images, "row")} by {Words.Counted(result.ZeroShot.Classes.Count, "class", "classes")}, moved along {result.Along} "
            + $"({result.Convention}): a positive shift brings rows and class texts nearer. The band is the interval at each shift. What is chosen on one half is judged on the other; the best "
            + "on the test set itself, as the paper's Table 1 has it, is higher by the choice alone.",
        Measure = "shift-sweep",
        Drawing = Draw(),
        Data = new DataTable(
            ["Chosen on", "Shift δ", Number, "Difference", "p (paired)", "p (as of independent samples)"],
            [
                ["nothing: as it is", "0", Numbers.Of(choice.Unchanged), Numbers.None, Numbers.None, Numbers.None],
                [
                    "the other half", string.Join(", ", choice.ChosenOnHalves.Select(Shift)), Numbers.Of(choice.HeldOut),
                        Numbers.Difference(choice.HeldOutDifference),
                    Numbers.Plain(choice.HeldOutTest.Value), Numbers.None,
                ],
                [
                    "the test set", Shift(choice.ChosenOnTestSet), Numbers.Of(choice.OnTestSet), Numbers.Difference(choice.OnTestSetDifference),
                    Numbers.Plain(choice.OnTestSetTest.Value), Numbers.Plain(choice.OnTestSetIndependentTest.Value),
                ],
                .. Enumerable.Range(0, sweep.Shifts.Count).Select(k => (IReadOnlyList<string>)[
                    $"shift {Shift(sweep.Shifts[k])}, distance {Numbers.Three(sweep.SignedDistances[k])}", Shift(sweep.Shifts[k]),
                        Numbers.Of(choice.Curve[k]), Numbers.None, Numbers.None, Numbers.None]),
            ]),
    };

    private string Title()
    {
        string asItIs = $"{Words.Capital(Number)} is {Numbers.Three(choice.Unchanged.Value)} as it is";
        string gain = Numbers.Difference(choice.HeldOutDifference);
        return choice.HeldOutTest.Value < 0.05
            ? $"{asItIs}; a shift along the gap, chosen on other rows, changes it by {gain}"
            : $"{asItIs}; no shift along the gap, chosen on other rows, changes it beyond noise ({gain})";
    }

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        var legend = new Legend(svg, Left, 14, Width - Left - Right);
        legend.Mark("as it is", Mark.Square, "fill strongline");
        legend.Mark("chosen on the other half", Mark.Circle, "fill match");
        legend.Mark("chosen on the test set", Mark.Diamond, "fill other");
        double top = legend.Bottom + 10;
        Scale across = Scale.Over(sweep.Shifts, 0.02, Left, Width - Right);
        Scale up = Scale.Over(choice.Curve.SelectMany(Ends), 0.05, top + PlotHeight, top);
        var panel = new Panel(svg, across, up);
        panel.VerticalAxis(5);
        for (int k = 0; k < sweep.Shifts.Count; k++)
            if (choice.Curve[k] is { Low: { } low, High: { } high })
                panel.Column(sweep.Shifts[k], low, high, "first soft");
        panel.Curve(sweep.Shifts.Select((shift, k) => (shift, choice.Curve[k].Value)), "first");
        panel.VerticalLine(0, "reference");
        Point(0, choice.Unchanged.Value, Mark.Square, "strongline");
        foreach (double shift in choice.ChosenOnHalves.Distinct())
            Point(shift, choice.HeldOut.Value, Mark.Circle, "match");
        Point(choice.ChosenOnTestSet, choice.OnTestSet.Value, Mark.Diamond, "other");
        panel.HorizontalAxis(6, $"shift δ along the gap; vertical axis: {Number}");
        return svg.ToDrawing(Width, top + PlotHeight + Bottom);

        void Point(double shift, double value, Mark mark, string look) => svg.DrawMark(mark, across[shift], up[up.Clamp(value)], 5, "fill " + look);
    }

    private static double[] Ends(Estimate estimate) => [estimate.Value, estimate.Low ?? estimate.Value, estimate.High ?? estimate.Value];

    private static string Shift(double shift) => Numbers.SignAlways(shift, "0.00");
}
