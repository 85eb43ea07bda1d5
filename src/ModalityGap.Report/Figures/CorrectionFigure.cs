using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;
using ModalityGap.Selection;

namespace ModalityGap.Report.Figures;

/// <summary>What a correction changed on held-out pairs: a difference with its interval for each number.</summary>
internal sealed class CorrectionFigure
{
    private const double Width = 540, Left = 272, Right = 22, Top = 12, RowHeight = 30, Bottom = 44;

    private const int Longest = 34;

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
        double height = shown.Length * RowHeight;
        IEnumerable<double> ends = shown.SelectMany(row => new[] { row.Difference.Low ?? row.Difference.Value, row.Difference.High ?? row.Difference.Value });
        Scale x = Scale.Over(ends.Append(0).Select(value => 100 * value), 0.08, Left, Width - Right);
        var panel = new Panel(svg, x, new Scale(0, shown.Length, Top, Top + height));
        panel.VerticalLine(0, "reference");
        for (int k = 0; k < shown.Length; k++)
            DrawRow(svg, panel, shown[k], k + 0.5);
        var frame = new Panel(svg, x, new Scale(0, 1, Top + height, Top));
        frame.HorizontalAxis(5, "difference in points", tick => Numbers.SignAlways(tick, "0.#"));
        return svg.ToDrawing(Width, Top + height + Bottom);
    }

    // "R@1, image to text" goes onto two lines where the names are long.
    private static void DrawName(SvgWriter svg, string label, double y)
    {
        int comma = label.IndexOf(", ", StringComparison.Ordinal);
        if (label.Length <= Longest || comma < 0)
        {
            svg.Label(Left - 12, y + 4, Words.Short(label, Longest), "label end");
            return;
        }
        svg.Label(Left - 12, y - 3, Words.Short(label[..comma], Longest), "label end");
        svg.Label(Left - 12, y + 10, Words.Short(label[(comma + 2)..], Longest), "label end");
    }

    private static void DrawRow(SvgWriter svg, Panel panel, TrialRow row, double level)
    {
        int sense = Sense(row);
        string look = sense > 0 ? "match" : sense < 0 ? "second" : "other";
        double value = 100 * row.Difference.Value, y = panel.Y[level];
        DrawName(svg, row.Label, y);
        if (row.Difference is { Low: { } low, High: { } high })
            panel.Whisker(100 * low, 100 * high, level, look);
        svg.DrawMark(sense < 0 ? Mark.Diamond : sense > 0 ? Mark.Circle : Mark.Square, panel.X[value], y, 4.5, "fill " + look);
    }
}
