using ModalityGap.Statistics;

namespace ModalityGap.Selection;

/// <summary>
/// Zero-shot classification with what was picked, on items that took no part in the choice: a class's text is the mean of the texts of
/// the other half's items with its label.
/// </summary>
public sealed record ZeroShotTrial
{
    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Number of items that were classified; those whose label the other half lacks are left out.</summary>
    public required int Items { get; init; }

    /// <summary>Share of items that took their own class.</summary>
    public required ComparedEstimate Top1 { get; init; }

    /// <summary>Gini's coefficient of the predictions as the rows are; 0: all classes are taken equally often.</summary>
    public required Estimate PredictedGiniBefore { get; init; }

    /// <summary>The same with what was picked.</summary>
    public required Estimate PredictedGini { get; init; }

    /// <summary>The same of the labels: what the predictions would have if all were right.</summary>
    public required Estimate LabelGini { get; init; }
}
