using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>k-means clusters held against labels; the intervals take the clusters as they are.</summary>
public sealed record ClusteringResult
{
    /// <summary>What <see cref="Rows"/> says of the rows of both modalities together.</summary>
    public const string Pooled = "pooled";

    /// <summary>Which rows: a modality, or <c>pooled</c>.</summary>
    public required string Rows { get; init; }

    /// <summary>How many were clustered.</summary>
    public required int Count { get; init; }

    /// <summary>k, the number of labels.</summary>
    public required int Clusters { get; init; }

    /// <summary>The harmonic mean of homogeneity and completeness, in [0, 1]; also the mutual information over the mean of both entropies.</summary>
    public required Estimate VMeasure { get; init; }

    /// <summary>1 - H(label | cluster) / H(label): 1 where every cluster has rows of one label only.</summary>
    public required Estimate Homogeneity { get; init; }

    /// <summary>1 - H(cluster | label) / H(cluster): 1 where all rows of a label are in one cluster.</summary>
    public required Estimate Completeness { get; init; }

    /// <summary>Adjusted Rand index, in [-½, 1]; 0 by chance.</summary>
    public required Estimate AdjustedRand { get; init; }

    /// <summary>Normalised mutual information by the geometric mean of both entropies, in [0, 1].</summary>
    public required Estimate NormalizedInformation { get; init; }

    /// <summary>Of pooled rows, the share whose modality is the more frequent one in their cluster: 1 where every cluster is of one modality.</summary>
    public Estimate? PurityOfModality { get; init; }
}
