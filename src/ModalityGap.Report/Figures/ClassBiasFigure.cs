using ModalityGap.Evaluation;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Figures;

/// <summary>How often each class is taken, against its bias -g·t: which classes a shift along the gap makes hubs.</summary>
internal sealed class ClassBiasFigure
{
    private const double Width = 540, Left = 52, Right = 20, PlotHeight = 230, Bottom = 48, Letter = 7.2;

    private const int MostNamed = 4, LongestName = 22;

    private readonly ZeroShotResult zero;
    private readonly PredictionConcentration predictions;

    private ClassBiasFigure(ZeroShotResult zero) => (this.zero, predictions) = (zero, zero.Predictions);

    public static Figure Of(ClassificationResult result) => new ClassBiasFigure(result.ZeroShot).Compose();

    private Figure Compose() => new()
    {
        Name = "class-bias",
        Title = Title(),
        Caption = $"Each mark is a class. A shift along the gap adds its bias b = -g·t to its scores, beside what all classes share: those to the right gain rows when the gap is closed. "
            + $"Gini coefficient of the predictions {Numbers.Three(predictions.PredictedGini.Value)}, of the labels {Numbers.Three(predictions.LabelGini.Value)}.",
        Measure = "class-bias",
        Drawing = Draw(),
        Data = new DataTable(
            ["Class", "Prompts", "Rows", "Taken by", "Accuracy", "Bias -g·t"],
            [.. zero.Classes.Select((one, c) => (IReadOnlyList<string>)[
                one.Name, Numbers.Count(one.Prompts), Numbers.Count(one.Images), Numbers.Count(one.Predicted),
                one.Accuracy.Estimate is { } accuracy ? Numbers.Percent(accuracy) : Numbers.None, Numbers.Three(predictions.ClassBias[c])])]),
    };

    private string Title()
    {
        ClassAccuracy most = zero.Classes.MaxBy(one => one.Predicted)!;
        string taken = $"{Words.Capital(Words.Short(most.Name, 40))} takes {Numbers.Percent((double)most.Predicted / zero.Images)} of the rows and has {Numbers.Percent((double)most.Images / zero.Images)} of them";
        return predictions.BiasCorrelation.Estimate is { } correlation ? $"{taken}; bias and predictions correlate by {Numbers.Of(correlation)}" : taken;
    }

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        const double top = 40;
        var across = Scale.Over(predictions.ClassBias, 0.06, Left, Width - Right);
        var up = Scale.Over(zero.Classes.Select(one => (double)one.Predicted).Append(0), 0.05, top + PlotHeight, top);
        var panel = new Panel(svg, across, up);
        panel.Heading("rows that take the class", 12);
        panel.VerticalAxis(5);
        for (int c = 0; c < zero.Classes.Count; c++)
            svg.DrawMark(Mark.Circle, across[predictions.ClassBias[c]], up[zero.Classes[c].Predicted], 3.6, "fill second");
        // The names of those that are taken most, where they do not cover each other.
        List<(double X, double Y)> named = [];
        foreach (int c in Enumerable.Range(0, zero.Classes.Count).Where(c => zero.Classes[c].Predicted > 0)
            .OrderByDescending(c => zero.Classes[c].Predicted).ThenBy(c => c))
        {
            string name = Words.Short(zero.Classes[c].Name, LongestName);
            double x = Math.Clamp(across[predictions.ClassBias[c]], Left + name.Length * Letter / 2, Width - Right - name.Length * Letter / 2),
                y = up[zero.Classes[c].Predicted] - 8;
            if (named.Count < MostNamed && named.TrueForAll(other => Math.Abs(other.Y - y) > 14 || Math.Abs(other.X - x) > LongestName * Letter))
            {
                svg.Label(x, y, name, "label middle");
                named.Add((x, y));
            }
        }
        panel.HorizontalAxis(5, "class bias b = -g·t");
        return svg.ToDrawing(Width, top + PlotHeight + Bottom);
    }
}
