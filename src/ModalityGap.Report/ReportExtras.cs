using ModalityGap.Embeddings;

namespace ModalityGap.Report;

/// <summary>What a page shows beside the result: pictures, which no result holds, corrections that were held against each other, and what was noticed.</summary>
public sealed record ReportExtras
{
    /// <summary>Nothing.</summary>
    public static ReportExtras None { get; } = new();

    /// <summary>Pictures of the rows of one modality; <c>null</c>, the default, for none.</summary>
    public RowPictures? Pictures { get; init; }

    /// <summary>Which correction the evidence supports, one entry per pair of modalities in their order; empty, or <c>null</c> for a pair, where none was tried.</summary>
    public IReadOnlyList<CorrectionEvidence?> Corrections { get; init; } = [];

    /// <summary>How rows of the first modality are classified by texts of classes, told with the first pair; <c>null</c>, the default, where that is
    /// not known.</summary>
    public ClassificationResult? ZeroShot { get; init; }

    /// <summary>What was noticed, shown with the findings of the result. Default none.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    internal CorrectionEvidence? CorrectionOf(int pair) => pair < Corrections.Count ? Corrections[pair] : null;
}
