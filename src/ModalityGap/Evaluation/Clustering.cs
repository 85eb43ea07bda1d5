using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>
/// Whether rows of the same label lie together: k-means with as many clusters as labels, held against the labels. In the pooled rows of both
/// modalities a gap shows as clusters that follow the modality instead (Grassucci et al., ICLR 2026).
/// </summary>
internal static class Clustering
{
    /// <summary>More rows are represented by a random sample of this size.</summary>
    private const int MostRows = 20_000;

    /// <summary>The clusterings of each modality and of both together.</summary>
    /// <param name="pairs">One row of each modality per item.</param>
    /// <param name="labels">The label of each item.</param>
    /// <param name="random">The randomness of samples and starts.</param>
    /// <param name="work">Threads.</param>
    public static IReadOnlyList<ClusteringResult> Evaluate(PairedEmbeddings pairs, IReadOnlyList<string> labels, RandomStream random, WorkContext work)
    {
        int[] classes = Indices(labels);
        if (classes.Max() < 1)
            return [];
        int n = pairs.Items;
        int[] sample = 2 * n <= MostRows
            ? [.. Enumerable.Range(0, n)]
            : [.. random.Fork("sample").NextPermutation(n).Take(MostRows / 2).Order()];
        RowMatrix first = Rows(pairs.First, sample), second = Rows(pairs.Second, sample);
        int[] sampled = Indices([.. sample.Select(i => labels[i])]);
        // With a row per label every row would be its own cluster, which is right whatever the rows are.
        bool alone = AreFew(sample.Length, sampled.Max() + 1);
        return
        [
            .. alone ? [] : (ClusteringResult[])[Of(pairs.First.Modality.Name, first, sampled, null, random.Fork("first"), work)],
            .. alone ? [] : (ClusteringResult[])[Of(pairs.Second.Modality.Name, second, sampled, null, random.Fork("second"), work)],
            Of(
                ClusteringResult.Pooled,
                new RowMatrix([.. first.Values, .. second.Values], 2 * sample.Length, first.Dimensions),
                [.. sampled, .. sampled],
                [.. Enumerable.Repeat(0, sample.Length), .. Enumerable.Repeat(1, sample.Length)],
                random.Fork("pooled"),
                work),
        ];
    }

    /// <summary>Whether there are so few rows of each label that clusters of one modality say nothing.</summary>
    public static bool AreFew(int rows, int labels) => rows < 2 * labels;

    private static ClusteringResult Of(string subject, RowMatrix rows, int[] classes, int[]? modalities, RandomStream random, WorkContext work)
    {
        int[] clusters = KMeans.Cluster(rows, classes.Max() + 1, random, work);
        var labels = new ClusterAgreement(classes, clusters);
        return new ClusteringResult
        {
            Rows = subject,
            Count = rows.Rows,
            Clusters = classes.Max() + 1,
            VMeasure = labels.Of(sums => sums.VMeasure).Within(0, 1),
            Homogeneity = labels.Of(sums => sums.Homogeneity).Within(0, 1),
            Completeness = labels.Of(sums => sums.Completeness).Within(0, 1),
            AdjustedRand = labels.Of(sums => sums.AdjustedRand).Within(-1, 1),
            NormalizedInformation = labels.Of(sums => sums.NormalizedInformation).Within(0, 1),
            PurityOfModality = modalities is null ? null : Purity(modalities, clusters),
        };
    }

    // Share of rows whose modality is the more frequent one in their cluster.
    private static Estimate Purity(int[] modalities, int[] clusters)
    {
        int[][] counts = [.. Enumerable.Range(0, clusters.Max() + 1).Select(_ => new int[2])];
        for (int i = 0; i < clusters.Length; i++)
            counts[clusters[i]][modalities[i]]++;
        return Estimate.Share(counts.Sum(count => count.Max()) / (double)clusters.Length, clusters.Length, "rows, clusters held fixed");
    }

    private static int[] Indices(IReadOnlyList<string> labels)
    {
        Dictionary<string, int> known = [];
        foreach (string label in labels)
            known.TryAdd(label, known.Count);
        return [.. labels.Select(label => known[label])];
    }

    private static RowMatrix Rows(UnitEmbeddings rows, int[] sample) =>
        sample.Length == rows.Rows ? new RowMatrix(rows.Values, rows.Rows, rows.Dimensions) : new RowMatrix(rows.Select(sample).Values, sample.Length, rows.Dimensions);
}
