using System.Globalization;
using ModalityGap.Explanations;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Figures;

/// <summary>How the variance of each modality spreads over its principal directions: each share, and their running sum.</summary>
internal sealed class SpectrumFigure
{
    private const double Width = 540, Left = 58, Right = 14, Gutter = 58, PlotHeight = 190, Bottom = 46;

    private static readonly (Mark Mark, string Look)[] Looks = [(Mark.Circle, "first"), (Mark.Diamond, "second dashed")];

    private readonly PairResult pair;
    private readonly SpectrumCurve[] curves;

    private SpectrumFigure(PairResult pair)
    {
        this.pair = pair;
        curves = [.. (pair.Spectra ?? []).Take(Looks.Length)];
    }

    /// <summary>The figure, or <c>null</c> where neither modality varies.</summary>
    public static Figure? Of(PairResult pair)
    {
        var figure = new SpectrumFigure(pair);
        return figure.curves.Any(curve => curve.Shares.Count > 1) ? figure.Compose() : null;
    }

    private Figure Compose() => new()
    {
        Name = "spectrum",
        Title = Title(),
        Caption = "Share of each modality's variance along its principal directions, strongest first, and the running sum. Few strong directions: a thin cone."
            + (curves.Any(curve => curve.Shares.Count < curve.Directions) ? $" The first {SpectrumCurve.MostDirections} are drawn." : ""),
        Measure = "spectrum-participation-ratio",
        Drawing = Draw(),
        Data = new DataTable(
            ["Direction", .. curves.SelectMany(curve => new[] { $"{curve.Modality}: share", $"{curve.Modality}: running sum" })],
            [.. Enumerable.Range(0, curves.Max(curve => curve.Shares.Count)).Select(k => (IReadOnlyList<string>)[
                (k + 1).ToString(CultureInfo.InvariantCulture), .. curves.SelectMany(curve => k < curve.Shares.Count
                    ? new[] { Numbers.Plain(curve.Shares[k]), Numbers.Three(curve.Shares.Take(k + 1).Sum()) }
                    : [Numbers.None, Numbers.None])])]),
    };

    private string Title()
    {
        var names = new PairNames(pair);
        return names.Value($"spectrum-participation-ratio/{pair.First}") is { } first && names.Value($"spectrum-participation-ratio/{pair.Second}") is { } second
            ? $"{Words.Capital(pair.First)} varies along some {Numbers.Count((long)Math.Round(first))} effective directions, {pair.Second} along {Numbers.Count((long)Math.Round(second))}"
            : "How the variance of each modality spreads over directions";
    }

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        var legend = new Legend(svg, Left, 14, Width - Left - Right);
        for (int c = 0; c < curves.Length; c++)
            legend.Line(Words.Short(curves[c].Modality), Looks[c].Look);
        double top = legend.Bottom + 30, wide = (Width - Left - Right - Gutter) / 2;
        int most = curves.Max(curve => curve.Shares.Count);
        double[] logs = [.. curves.SelectMany(curve => curve.Shares).Where(share => share > 0).Select(Math.Log10)];
        var shares = new Panel(svg, new Scale(1, Math.Max(2, most), Left, Left + wide), new Scale(Math.Floor(logs.Min()), 0, top + PlotHeight, top));
        shares.Heading("share of the variance");
        shares.VerticalAxis(4, tick => tick == Math.Round(tick) ? Numbers.Percent(Math.Pow(10, tick)) : "");
        var sums = new Panel(svg, new Scale(1, Math.Max(2, most), Left + wide + Gutter, Width - Right), new Scale(0, 1, top + PlotHeight, top));
        sums.Heading("running sum");
        sums.VerticalAxis(4, Numbers.Percent);
        for (int c = 0; c < curves.Length; c++)
        {
            IReadOnlyList<double> values = curves[c].Shares;
            shares.Curve(values.Select((share, k) => (k + 1.0, Math.Log10(Math.Max(share, 1e-300)))), Looks[c].Look);
            double sum = 0;
            sums.Curve(values.Select((share, k) => (k + 1.0, sum += share)), Looks[c].Look);
        }
        shares.HorizontalAxis(4, "direction");
        sums.HorizontalAxis(4, "direction");
        return svg.ToDrawing(Width, top + PlotHeight + Bottom);
    }
}
