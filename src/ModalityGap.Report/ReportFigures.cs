using ModalityGap.Measures;
using ModalityGap.Report.Figures;
using ModalityGap.Report.Page;

namespace ModalityGap.Report;

/// <summary>The figures of a result as SVG files: the same drawings that the page shows.</summary>
public static class ReportFigures
{
    /// <summary>A map with more pairs than this would be a blot.</summary>
    internal const int MostPairs = 1000;

    /// <summary>The figures of a pair of modalities; one that has nothing to show is left out.</summary>
    /// <param name="pair">The pair.</param>
    public static IReadOnlyList<ReportFigure> All(PairResult pair) =>
        Of(pair, null);

    /// <summary>The figures of a pair with what was found about corrections; one that has nothing to show is left out.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="corrections">Which correction the evidence supports; <c>null</c> where none was tried.</param>
    /// <param name="zeroShot">How the first modality's rows are classified; <c>null</c>, the default, where that is not known.</param>
    public static IReadOnlyList<ReportFigure> Of(PairResult pair, CorrectionResult? corrections, ClassificationResult? zeroShot = null) =>
        [.. Story.Of(pair, corrections, [], MostPairs, null, isRoomy: true, zeroShot: zeroShot).SelectMany(chapter => chapter.Figures)
            .Select(figure => figure.ToReportFigure())];

    /// <summary>The figure of a mixed search that no pair holds: one whose queries are of a third modality.</summary>
    /// <param name="table">The mixed search.</param>
    public static IReadOnlyList<ReportFigure> All(MixedSearchTable table) =>
        MixedSearchFigure.Of(table) is { } figure ? [figure.ToReportFigure() with { Name = $"{figure.Name}-{Words.Kebab(table.Query)}" }] : [];
}
