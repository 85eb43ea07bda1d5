using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;
using ModalityGap.Selection;

namespace ModalityGap.Report.Figures;

/// <summary>What a correction changed on held-out pairs: a difference with its interval for each number.</summary>
internal sealed class CorrectionFigure
{
    private readonly CorrectionTrial trial;
    private readonly TrialRow[] shown;

    private CorrectionFigure(CorrectionTrial trial)
    {
        this.trial = trial;
        shown = [.. trial.Rows.Where(row => row.Kind is "gain" or "harm")];
    }

    /// <summary>The figure, or <c>null</c> where nothing was tried.</summary>
    public static Figure? Of(CorrectionTrial trial)
    {
        var figure = new CorrectionFigure(trial);
        return figure.shown.Length == 0 ? null : figure.Compose();
    }

    private Figure Compose() => new()
    {
        Name = "correction-" + trial.Correction,
        Title = Title(),
        Caption = $"After minus before, with the interval of the paired difference: {trial.Protocol}.",
        Measure = "recall-at-1",
        Drawing = Draw(),
        Data = new DataTable(
            ["Number", "Role", "Before", "After", "Difference"],
            [.. trial.Rows.Select(row => (IReadOnlyList<string>)[
                row.Label, row.Kind, Numbers.Of(row.Before), Numbers.Of(row.After), Numbers.Of(row.Difference)])]),
    };

    private string Title()
    {
        string name = Words.Capital(Words.FromId(trial.Correction));
        return $"{name} {Effect("gain", "what it aims at")} and {Effect("harm", "plain search")}";
    }

    private string Effect(string kind, string what)
    {
        TrialRow[] rows = [.. shown.Where(row => row.Kind == kind)];
        int better = rows.Count(row => Sense(row) > 0), worse = rows.Count(row => Sense(row) < 0);
        return (better, worse) switch
        {
            (0, 0) => $"leaves {what} as it was, within noise",
            ( > 0, 0) => $"improves {what} in {better} of {rows.Length} numbers",
            (0, > 0) => $"harms {what} in {worse} of {rows.Length} numbers",
            _ => $"improves {what} in {better} and harms it in {worse} of {rows.Length} numbers",
        };
    }

    // 1 for a change to the better beyond doubt, -1 to the worse, 0 within noise.
    private static int Sense(TrialRow row)
    {
        int sign = row.Difference is { Low: > 0 } ? 1 : row.Difference is { High: < 0 } ? -1 : 0;
        return LowerIsBetter(row) ? -sign : sign;
    }

    private static bool LowerIsBetter(TrialRow row) => row.Subject == "loss-from-mixing"
        || (MeasureCatalog.TryFind(row.Id, out Measures.MeasureInfo? info) && info.Direction == Measures.Direction.LowerIsBetter);

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        var panel = new ForestPanel("", [.. shown.Select(row => (IReadOnlyList<ForestPoint>)[Point(row)])])
        {
            Line = 0,
            Format = tick => Numbers.SignAlways(tick, "0.#"),
            Unit = "difference in points",
        };
        double bottom = new ForestPlot([.. shown.Select(row => row.Label)], [panel]) { NameWidth = 270 }.Draw(svg, -12);
        return svg.ToDrawing(ForestPlot.Width, bottom);
    }

    private static ForestPoint Point(TrialRow row) => Sense(row) switch
    {
        > 0 => new ForestPoint(row.Difference.Scaled(100), Mark.Circle, "match"),
        < 0 => new ForestPoint(row.Difference.Scaled(100), Mark.Diamond, "second"),
        _ => new ForestPoint(row.Difference.Scaled(100), Mark.Square, "other"),
    };
}
