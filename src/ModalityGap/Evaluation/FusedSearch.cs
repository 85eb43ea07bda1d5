using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>
/// Search for items that have one row in each modality, fused into one: e = α·y + (1 - α)·x, set to norm 1 (GR-CLIP, arXiv 2507.19054, whose
/// sweep takes the same 21 weights). Documents are fused and another row of the item asks; or the item's two rows are fused and ask for that
/// other row.
/// </summary>
internal sealed class FusedSearch
{
    /// <summary>More queries are represented by a random sample of this size; the gallery stays whole.</summary>
    private const int MostQueries = 2000;

    private readonly UnitEmbeddings first, second, other, asking;
    private readonly int[] own;
    private readonly WorkContext work;

    private FusedSearch(UnitEmbeddings first, UnitEmbeddings second, UnitEmbeddings other, RandomStream random, WorkContext work)
    {
        (this.first, this.second, this.other, this.work) = (first, second, other, work);
        own = other.Rows <= MostQueries
            ? [.. Enumerable.Range(0, other.Rows)]
            : [.. random.Fork("asking").NextPermutation(other.Rows).Take(MostQueries).Order()];
        asking = Asking(other);
    }

    /// <summary>The weights α of the second modality: 0 to 1 by 0.05.</summary>
    public static IReadOnlyList<double> Weights { get; } = [.. Enumerable.Range(0, 21).Select(k => k / 20.0)];

    /// <summary>Whether each query finds its own item first, at every weight.</summary>
    /// <param name="first">x, one row per item.</param>
    /// <param name="second">y, one row per item.</param>
    /// <param name="other">The row of each item that asks, or is asked for.</param>
    /// <param name="random">The randomness of a sample of queries.</param>
    /// <param name="work">Threads.</param>
    public static FusedHits Hits(UnitEmbeddings first, UnitEmbeddings second, UnitEmbeddings other, RandomStream random, WorkContext work)
    {
        var search = new FusedSearch(first, second, other, random, work);
        double[][] documents = new double[Weights.Count][], queries = new double[Weights.Count][];
        for (int k = 0; k < Weights.Count; k++)
        {
            UnitEmbeddings fused = search.Fuse(Weights[k]);
            documents[k] = search.Found(search.asking, fused);
            queries[k] = search.Found(search.Asking(fused), other);
        }
        return new FusedHits(other.Rows, documents, queries);
    }

    /// <summary>The curves with intervals from the same resampled queries.</summary>
    public static FusedSearchResult Tabulate(FusedHits hits, string other, RandomStream random)
    {
        IReadOnlyList<Estimate> documents = Bootstrap.Means(hits.Documents, random.Fork("documents")), queries = Bootstrap.Means(hits.Queries, random.Fork("queries"));
        return new FusedSearchResult(other, hits.Items, hits.Documents[0].Length, [.. Weights.Select((weight, k) => new FusionPoint(weight, documents[k], queries[k]))]);
    }

    private UnitEmbeddings Asking(UnitEmbeddings rows) => own.Length == rows.Rows ? rows : rows.Select(own);

    private double[] Found(UnitEmbeddings queries, UnitEmbeddings documents) =>
        Array.ConvertAll(RankedDocuments.Of(queries, documents, own, work).Ranks[0], rank => rank == 1 ? 1.0 : 0.0);

    // A sum that vanishes keeps its first row: any other direction would be invented.
    private UnitEmbeddings Fuse(double weight)
    {
        if (weight is 0 or 1)
            return weight == 0 ? first : second;
        int d = first.Dimensions;
        var values = new float[first.Rows * d];
        var sum = new double[d];
        for (int i = 0; i < first.Rows; i++)
        {
            ReadOnlySpan<float> x = first.Row(i), y = second.Row(i);
            for (int k = 0; k < d; k++)
                sum[k] = weight * y[k] + (1 - weight) * x[k];
            double norm = Math.Sqrt(Dot.Float64(sum, sum));
            for (int k = 0; k < d; k++)
                values[i * d + k] = norm < 1e-6 ? x[k] : (float)(sum[k] / norm);
        }
        return first.WithUnitVectors(values, d);
    }
}

/// <summary>Whether each query finds its own item first, at every weight: [weight][query].</summary>
/// <param name="Items">Number of documents.</param>
/// <param name="Documents">Where documents are fused.</param>
/// <param name="Queries">Where queries are.</param>
internal sealed record FusedHits(int Items, double[][] Documents, double[][] Queries);

/// <summary>Search with both rows of an item fused into one.</summary>
/// <param name="Other">The modality of the row that asks, or is asked for.</param>
/// <param name="Items">Number of items, and of documents in the gallery.</param>
/// <param name="Queries">Number of queries: all items, or a random sample of them.</param>
/// <param name="Points">By weight.</param>
public sealed record FusedSearchResult(string Other, int Items, int Queries, IReadOnlyList<FusionPoint> Points);

/// <summary>One weight.</summary>
/// <param name="Weight">α of the second modality; 1 - α of the first.</param>
/// <param name="FusedDocuments">Share of queries whose own item comes first among fused documents.</param>
/// <param name="FusedQueries">Share of fused queries whose own item's other row comes first.</param>
public sealed record FusionPoint(double Weight, Estimate FusedDocuments, Estimate FusedQueries);
