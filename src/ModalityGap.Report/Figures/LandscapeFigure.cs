using System.Globalization;
using ModalityGap.Explanations;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Figures;

/// <summary>The paper's Figure 3 on these rows: loss, remaining gap and recall while both modalities move along the gap.</summary>
internal sealed class LandscapeFigure
{
    private const double Width = 540, Left = 40, Right = 12, Gutter = 46, PanelHeight = 118, Between = 52, Bottom = 44, MinimaRow = 30;
    private const int MostPanels = 6;

    private static readonly (string Id, Mark Mark, string Look)[] Curves =
    [
        ("first-to-second", Mark.Circle, "first"),
        ("second-to-first", Mark.Diamond, "second"),
        ("mean", Mark.Square, "strongline"),
    ];

    private readonly LandscapeResult landscape;
    private readonly LandscapeFamily family;
    private readonly PairResult pair;
    private readonly PairNames names;

    private LandscapeFigure(PairResult pair, LandscapeFamily family)
    {
        this.pair = pair;
        landscape = pair.Landscape;
        this.family = family;
        names = new PairNames(pair);
    }

    /// <summary>The figure, or <c>null</c> where no landscape was taken.</summary>
    public static Figure? Of(PairResult pair)
    {
        LandscapeFamily? family = pair.Landscape.Families.OrderBy(one => one.Convention != "both").FirstOrDefault();
        return family is null || family.Steps.Count < 2 || pair.Landscape.Temperatures.Count == 0 ? null : new LandscapeFigure(pair, family).Compose();
    }

    private Figure Compose() => new()
    {
        Name = "landscape",
        Title = Title(),
        Caption = Caption(),
        Measure = "landscape",
        Drawing = Draw(),
        Data = Table(),
    };

    private string Title()
    {
        LandscapeMinimum? lowest = Minimum(landscape.Temperatures[0], "mean");
        if (lowest is null)
            return "The contrastive loss along the gap";
        string title = $"At τ = {Tau(lowest.Temperature)} the mean loss is lowest {Place(lowest)}";
        LandscapeMinimum? warm = landscape.Temperatures.Count > 1 ? Minimum(landscape.Temperatures[^1], "mean") : null;
        return warm is null ? title : $"{title}; at τ = {Tau(warm.Temperature)} at δ = {Shift(warm.Distance)}";
    }

    // A lowest point on the edge of the steps is not the lowest point of the curve.
    private string Place(LandscapeMinimum minimum)
    {
        double at = minimum.Distance.Value;
        if (at <= family.Steps[0].Distance + 0.01 || at >= family.Steps[^1].Distance - 0.01)
            return $"at the edge of the range, δ = {Shift(minimum.Distance)}, far from the gap as it is";
        return minimum.DefaultGapIsMinimum
            ? $"where the gap is (δ = {Shift(minimum.Distance)})"
            : $"at δ = {Shift(minimum.Distance)}, not where the gap is";
    }

    private string Caption()
    {
        string curve = landscape.Families.Count > 1 ? $"Here {family.Description}. " : "";
        string pairs = landscape.Pairs < landscape.TotalPairs
            ? $"a random sample of {Numbers.Count(landscape.Pairs)} of {Words.Counted(landscape.TotalPairs, "pair")} at once"
            : "all pairs at once";
        string more = landscape.Temperatures.Count > MostPanels ? $" The first {MostPanels} of {landscape.Temperatures.Count} temperatures are drawn." : "";
        return $"{curve}δ > 0 makes the gap smaller; {pairs}; marks show the lowest points with their intervals. "
            + $"The authors' figure counts {pair.First} to {pair.Second} twice, so its “mean” is that curve.{more}";
    }

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        var legend = new Legend(svg, Left, 14, Width - Left - Right);
        legend.Mark($"{names.FirstToSecond} (as published)", Mark.Circle, "fill first");
        legend.Mark(names.SecondToFirst, Mark.Diamond, "fill second");
        legend.Mark("mean of both", Mark.Square, "fill strongline");
        int panels = Math.Min(MostPanels, landscape.Temperatures.Count);
        double top = DrawMinima(svg, legend.Bottom + 28, panels) + 40;
        for (int t = 0; t < panels; t++)
            DrawLoss(svg, t, top, t % 2, t / 2);
        int row = (panels + 1) / 2;
        DrawDistance(svg, top, row);
        DrawRecall(svg, top, row);
        return svg.ToDrawing(Width, top + row * (PanelHeight + Between) + PanelHeight + Bottom);
    }

    // Near the minimum the curves lie on top of each other: where each is lowest needs an axis of its own.
    private double DrawMinima(SvgWriter svg, double top, int temperatures)
    {
        double[] warmth = [.. landscape.Temperatures.Take(temperatures)];
        LandscapeMinimum[] minima = [.. warmth.SelectMany(t => Curves.Select(curve => Minimum(t, curve.Id))).OfType<LandscapeMinimum>()];
        if (minima.Length == 0)
            return top - 40;
        double height = warmth.Length * MinimaRow;
        Scale x = Scale.Over(minima.SelectMany(one => new[] { one.Distance.Low ?? one.Distance.Value, one.Distance.High ?? one.Distance.Value }).Append(0), 0.05, Left + 40, Width - Right);
        var panel = new Panel(svg, x, new Scale(0, warmth.Length, top, top + height));
        svg.Label(Left, top - 8, "δ at the lowest loss; 0 is the gap as it is", "heading");
        panel.VerticalLine(0, "reference");
        for (int t = 0; t < warmth.Length; t++)
        {
            panel.RowName(t + 0.5, $"τ = {Tau(warmth[t])}");
            for (int c = 0; c < Curves.Length; c++)
                if (Minimum(warmth[t], Curves[c].Id) is { } lowest)
                    DrawMinimum(svg, panel, lowest.Distance, t + 0.5 + 0.26 * (c - 1), c);
        }
        new Panel(svg, x, new Scale(0, 1, top + height, top)).HorizontalAxis(6);
        return top + height + 20;
    }

    private void DrawLoss(SvgWriter svg, int temperature, double top, int column, int row)
    {
        IEnumerable<double> all = family.Steps.SelectMany(step =>
            new[] { step.Full[temperature].FirstToSecond, step.Full[temperature].SecondToFirst });
        Panel panel = PanelAt(svg, top, column, row, all, $"loss at τ = {Tau(landscape.Temperatures[temperature])}");
        panel.Curve(family.Steps.Select(step => (step.Distance, step.Full[temperature].Mean)), "underline");
        panel.Curve(family.Steps.Select(step => (step.Distance, step.Full[temperature].FirstToSecond)), "thin first");
        panel.Curve(family.Steps.Select(step => (step.Distance, step.Full[temperature].SecondToFirst)), "thin second dashed");
        if (Minimum(landscape.Temperatures[temperature], "mean") is { } lowest)
            DrawMinimum(svg, panel, lowest.Distance, lowest.Loss, 2);
    }

    private static void DrawMinimum(SvgWriter svg, Panel panel, Estimate distance, double level, int curve)
    {
        if (distance is { Low: { } low, High: { } high })
            panel.Whisker(low, high, level, Curves[curve].Look);
        svg.DrawMark(
            Curves[curve].Mark, panel.X[panel.X.Clamp(distance.Value)], panel.Y[panel.Y.Clamp(level)], 3.6, "minimum " + Curves[curve].Look);
    }

    private void DrawDistance(SvgWriter svg, double top, int row)
    {
        Panel panel = PanelAt(svg, top, 0, row, family.Steps.Select(step => step.SignedDistance).Append(0), "gap that remains, with its sign", "δ along the gap");
        panel.HorizontalLine(0, "reference");
        panel.Curve(family.Steps.Select(step => (step.Distance, step.SignedDistance)), "strongline");
    }

    private void DrawRecall(SvgWriter svg, double top, int row)
    {
        IEnumerable<double> all = family.Steps.SelectMany(step => new[] { step.RecallFirstToSecond, step.RecallSecondToFirst }).Append(0);
        Panel panel = PanelAt(svg, top, 1, row, all, "R@1", "δ along the gap");
        panel.Curve(family.Steps.Select(step => (step.Distance, step.RecallFirstToSecond)), "first");
        panel.Curve(family.Steps.Select(step => (step.Distance, step.RecallSecondToFirst)), "second dashed");
    }

    private Panel PanelAt(
        SvgWriter svg, double top, int column, int row, IEnumerable<double> values, string heading, string? axis = null)
    {
        double wide = (Width - Left - Right - Gutter) / 2, left = Left + column * (wide + Gutter), upper = top + row * (PanelHeight + Between);
        var x = new Scale(family.Steps[0].Distance, family.Steps[^1].Distance, left, left + wide);
        var panel = new Panel(svg, x, Scale.Over(values, 0.06, upper + PanelHeight, upper));
        panel.Heading(heading);
        panel.VerticalAxis(4);
        panel.VerticalLine(0, "reference");
        panel.HorizontalAxis(5, axis);
        return panel;
    }

    private DataTable Table() => new(
        [
            "δ", "λ", "Signed distance", $"R@1 {names.FirstToSecond}", $"R@1 {names.SecondToFirst}",
            .. landscape.Temperatures.SelectMany(t => new[] { $"{names.FirstToSecond}, τ = {Tau(t)}", $"{names.SecondToFirst}, τ = {Tau(t)}", $"mean, τ = {Tau(t)}" }),
        ],
        [.. family.Steps.Select(step => (IReadOnlyList<string>)[
            Numbers.Two(step.Distance), Numbers.Three(step.Fraction), Numbers.Three(step.SignedDistance),
            Numbers.Three(step.RecallFirstToSecond), Numbers.Three(step.RecallSecondToFirst),
            .. step.Full.SelectMany(loss => new[] { Numbers.Three(loss.FirstToSecond), Numbers.Three(loss.SecondToFirst), Numbers.Three(loss.Mean) })])]);

    private LandscapeMinimum? Minimum(double temperature, string curve) =>
        family.Minima.FirstOrDefault(one => one.Batch == "full" && one.Curve == curve && one.Temperature == temperature);

    private static string Tau(double temperature) => temperature.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Shift(Estimate distance) => Numbers.SignAlways(distance.Value, "0.00") + Numbers.Interval(distance, Numbers.Two);
}
