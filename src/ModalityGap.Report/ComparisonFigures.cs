using ModalityGap.Report.Figures;

namespace ModalityGap.Report;

/// <summary>The figures of a comparison as SVG files: the same drawings that the page shows.</summary>
public static class ComparisonFigures
{
    /// <summary>The figures, in the order of the page; one that has nothing to show is left out.</summary>
    /// <param name="result">The comparison.</param>
    public static IReadOnlyList<ReportFigure> All(ComparisonResult result)
    {
        var models = new ComparedModels(result);
        return [.. OfNumbers(models).Concat(OfAssociations(models, result)).Concat(OfPictures(models, result)).Select(figure => figure.ToReportFigure())];
    }

    /// <summary>One for each main number.</summary>
    internal static IEnumerable<Figure> OfNumbers(ComparedModels models) => models.MainKeys.Select(key => NumberFigure.Of(models, key));

    /// <summary>The gap against what is found.</summary>
    internal static IEnumerable<Figure> OfAssociations(ComparedModels models, ComparisonResult result) =>
        result.Associations.Select(association => GapRecallFigure.Of(models, association)).OfType<Figure>();

    /// <summary>What the models look like.</summary>
    internal static IEnumerable<Figure> OfPictures(ComparedModels models, ComparisonResult result) =>
        new[] { ModelCosinesFigure.Of(models, result), ModelMapsFigure.Of(models, result) }.OfType<Figure>();
}
