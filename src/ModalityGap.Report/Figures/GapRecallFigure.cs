using ModalityGap.Comparisons;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Figures;

/// <summary>How far the modalities of each model lie apart against how much it finds.</summary>
internal sealed class GapRecallFigure
{
    private const double Width = 540, Left = 52, Right = 16, Top = 16, PlotHeight = 330, Bottom = 46, KeyRow = 17;

    /// <summary>More models than this are numbered.</summary>
    private const int MostNamed = 12;

    /// <summary>From so many models on the comparison speaks of other models.</summary>
    private const int FewestModels = 5;

    private readonly ComparedModels models;
    private readonly GapAssociation association;
    private readonly (RunResult Run, int Place, Estimate Gap, Estimate Recall)[] shown;

    private GapRecallFigure(ComparedModels models, GapAssociation association)
    {
        this.models = models;
        this.association = association;
        shown =
        [
            .. models.Order.Select((run, k) => (run, k + 1, ComparedModels.Value(run, association.Gap).Estimate!, ComparedModels.Value(run,
                association.Recall).Estimate!))
                .Where(one => one.Item3 is not null && one.Item4 is not null),
        ];
    }

    /// <summary>The figure, or <c>null</c> where there are not two models with both numbers.</summary>
    public static Figure? Of(ComparedModels models, GapAssociation association)
    {
        var figure = new GapRecallFigure(models, association);
        return figure.shown.Length < 2 ? null : figure.Compose();
    }

    private string Gap => models.Names.Full(association.Gap);

    private string Recall => models.Names.Full(association.Recall);

    private Figure Compose() => new()
    {
        Name = $"gap-recall-{Words.Kebab(association.Gap)}-{Words.Kebab(association.Recall)}",
        Title = Title(),
        Caption = $"Each mark is a model, with the intervals of both numbers over the items; the diamond is the reference "
            + $"{models.Said(models.Reference)}. {Sentence()}",
        Measure = NumberNames.Id(association.Gap),
        Drawing = Draw(),
        Data = new DataTable(
            ["Model", "Place", Gap, Recall],
            [.. shown.Select(one => (IReadOnlyList<string>)[one.Run.Name, Numbers.Count(one.Place), Numbers.Of(one.Gap), Numbers.Of(one.Recall)])]),
    };

    private string Title()
    {
        string between = $"{models.Names.Brief(association.Gap)} against {models.Names.Brief(association.Recall)}";
        if (association.KendallTau.Estimate is not { } tau || association.PermutationPValue.Estimate is not { } chance)
            return $"{Words.Capital(between)}: {Words.LowerCase(association.KendallTau.Missing ?? "no correlation")}".TrimEnd('.');
        string way = tau.Value > 0 ? "more is found where the gap is larger" : tau.Value < 0 ? "less is found where the gap is larger" : "no order";
        string over = association.Models < FewestModels
            ? $"{association.Models} models are too few to speak of others"
            : chance.Value <= 0.05 ? "beyond chance" : "no more than chance gives";
        return $"{Words.Capital(between)}: {way}, Kendall’s τ {Numbers.Two(tau.Value)}{Numbers.Interval(tau, Numbers.Two)} with other items; {over}";
    }

    private string Sentence()
    {
        if (association.KendallTau.Estimate is null)
            return association.Sentence;
        string others = association.KendallTauOverModels.Estimate is { } over
            ? $"With other models drawn like these τ would lie in{Numbers.Interval(over, Numbers.Two)}"
            : $"With other models: {Words.LowerCase(association.KendallTauOverModels.Missing ?? "unknown")}".TrimEnd('.');
        string chance = association.PermutationPValue.Estimate is { } p ? $"; p = {Numbers.Plain(p.Value)} by permutation of the "
            + $"{association.Models} models, for this figure alone." : ".";
        return $"{others}{chance} Models differ in size and data too, so a correlation is no cause.";
    }

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        var panel = new Panel(
            svg,
            Scale.Over(shown.SelectMany(one => Ends(one.Gap)), 0.1, Left, Width - Right),
            Scale.Over(shown.SelectMany(one => Ends(one.Recall)), 0.1, Top + PlotHeight, Top));
        panel.VerticalAxis(5);
        svg.Label(Left, Top - 4, TextWidth.Fit(Recall, Width - Left - Right), "heading");
        foreach ((RunResult run, _, Estimate gap, Estimate recall) in shown)
        {
            string look = "faint " + Look(run);
            if (gap is { Low: { } left, High: { } right })
                panel.Whisker(left, right, recall.Value, look);
            if (recall is { Low: { } low, High: { } high })
                panel.Column(gap.Value, low, high, look);
        }
        foreach ((RunResult run, _, Estimate gap, Estimate recall) in shown)
            svg.DrawMark(IsReference(run) ? Mark.Diamond : Mark.Circle, panel.X[gap.Value], panel.Y[recall.Value], 4.6, "fill " + Look(run));
        panel.HorizontalAxis(6, TextWidth.Fit(Gap, Width - Left - Right));
        double foot = Top + PlotHeight + Bottom;
        return svg.ToDrawing(Width, DrawLabels(svg, panel) ? foot + DrawKey(svg, foot) : foot);
    }

    // Whether numbers stand for the names.
    private bool DrawLabels(SvgWriter svg, Panel panel)
    {
        (double X, double Y)[] points = [.. shown.Select(one => (panel.X[one.Gap.Value], panel.Y[one.Recall.Value]))];
        var labels = new PointLabels(Left, Top, Width - 2, Top + PlotHeight);
        if (shown.Length <= MostNamed && Place(Names(120), farthest: 46))
            return false;
        return Place([.. shown.Select(one => Numbers.Count(one.Place))], farthest: 220) || true;

        bool Place(IReadOnlyList<string> texts, double farthest)
        {
            if (labels.Place(points, [.. texts.Select(text => TextWidth.Of(text, TextWidth.LargestLabel) + 4)], farthest) is not { } places)
                return false;
            PointLabels.Draw(svg, points, places, texts);
            return true;
        }
    }

    private string[] Names(double width) => DistinctNames.Fit([.. shown.Select(one => one.Run.Name)], width);

    private double DrawKey(SvgWriter svg, double top)
    {
        const int Columns = 3;
        int rows = (shown.Length + Columns - 1) / Columns;
        double wide = (Width - 20) / Columns;
        string[] names = Names(wide - 34);
        for (int k = 0; k < shown.Length; k++)
        {
            double x = 10 + k / rows * wide, y = top + 12 + k % rows * KeyRow;
            svg.Label(x + 20, y, Numbers.Count(shown[k].Place), "tick end");
            svg.Label(x + 26, y, names[k], "label");
        }
        return rows * KeyRow + 8;
    }

    private bool IsReference(RunResult run) => run.Name == models.Reference;

    private string Look(RunResult run) => IsReference(run) ? "strongline" : "first";

    private static double[] Ends(Estimate estimate) => [estimate.Value, estimate.Low ?? estimate.Value, estimate.High ?? estimate.Value];
}
