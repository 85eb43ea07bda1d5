using ModalityGap.Embeddings;

namespace ModalityGap.Report;

/// <summary>What a page shows beside the result: pictures, which no result holds, and what was noticed when they were gathered.</summary>
public sealed record ReportExtras
{
    /// <summary>Nothing.</summary>
    public static ReportExtras None { get; } = new();

    /// <summary>Pictures of the rows of one modality; <c>null</c>, the default, for none.</summary>
    public RowPictures? Pictures { get; init; }

    /// <summary>What was noticed, shown with the findings of the result. Default none.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
