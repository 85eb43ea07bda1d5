using ModalityGap.Measures;
using ModalityGap.Report.Figures;

namespace ModalityGap.Report;

/// <summary>The figures of a result as SVG files: the same drawings that the page shows.</summary>
public static class ReportFigures
{
    /// <summary>A map with more pairs than this would be a blot.</summary>
    internal const int MostPairs = 1000;

    /// <summary>The figures of a pair of modalities; one that has nothing to show is left out.</summary>
    /// <param name="pair">The pair.</param>
    public static IReadOnlyList<ReportFigure> All(PairResult pair) =>
        [.. OfPair(pair, MostPairs, null).Select(figure => figure.ToReportFigure())];

    /// <summary>The figure of a mixed search that no pair holds: one whose queries are of a third modality.</summary>
    /// <param name="table">The mixed search.</param>
    public static IReadOnlyList<ReportFigure> All(MixedSearchTable table) =>
        MixedSearchFigure.Of(table) is { } figure ? [figure.ToReportFigure() with { Name = $"{figure.Name}-{Words.Kebab(table.Query)}" }] : [];

    /// <summary>The figures of a pair, in the order of the page.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="mostPairs">At most so many pairs in the map.</param>
    /// <param name="dimensions">Number of dimensions, where known.</param>
    /// <param name="pictures">Pictures that a map which moves can show, if any.</param>
    internal static IEnumerable<Figure> OfPair(PairResult pair, int mostPairs, int? dimensions, RowPictures? pictures = null)
    {
        IEnumerable<Figure?> all =
        [
            MapFigure.Of(pair, mostPairs, pictures),
            CosineFigure.Of(pair),
            LandscapeFigure.Of(pair),
            DimensionsFigure.Of(pair, dimensions),
            .. pair.Trials.Select(CorrectionFigure.Of),
            pair.MixedSearch is { } mixed ? MixedSearchFigure.Of(mixed) : null,
        ];
        return all.OfType<Figure>();
    }
}
