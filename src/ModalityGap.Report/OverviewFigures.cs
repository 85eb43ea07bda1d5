using ModalityGap.Report.Figures;

namespace ModalityGap.Report;

/// <summary>The figures that show all pairs of three modalities and more on the same axes.</summary>
public static class OverviewFigures
{
    /// <summary>The figures as SVG files; none for a single pair.</summary>
    /// <param name="result">The result.</param>
    public static IReadOnlyList<ReportFigure> All(AnalysisResult result) => [.. Of(result).Select(figure => figure.ToReportFigure())];

    /// <summary>The figures, in the order of the page.</summary>
    internal static IEnumerable<Figure> Of(AnalysisResult result) =>
        new[] { PairForestFigure.Of(result.Pairs), PairCosinesFigure.Of(result.Pairs) }.OfType<Figure>();
}
