using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Explanations;

/// <summary>
/// All cosines among a few pairs drawn at random, as a matrix in four blocks: the first modality with itself, with the second, and the second
/// with itself. A gap shows as two bright blocks and two dark ones; the diagonal of the dark ones holds the matched pairs.
/// </summary>
public sealed record SimilarityBlocks
{
    /// <summary>At most so many pairs.</summary>
    public const int MostPairs = 24;

    /// <summary>The pairs that were drawn, ascending, by item from 0.</summary>
    public required IReadOnlyList<int> Pairs { get; init; }

    /// <summary>z_i·z_j row by row, (2m)² values to four decimals; z_0 … z_{m-1} are rows of the first modality, the rest their partners.</summary>
    public required IReadOnlyList<double> Cosines { get; init; }

    /// <summary>The blocks of a pair.</summary>
    internal static SimilarityBlocks Of(PairEvidence evidence)
    {
        PairedEmbeddings pairs = evidence.Pairs;
        RandomStream random = evidence.Random.Fork("similarity-blocks");
        int[] drawn = [.. random.NextPermutation(pairs.Items).Take(MostPairs).Order()];
        int m = drawn.Length;
        ReadOnlySpan<float> Row(int k) => k < m ? pairs.First.Row(drawn[k]) : pairs.Second.Row(drawn[k - m]);
        var cosines = new double[4 * m * m];
        for (int i = 0; i < 2 * m; i++)
            for (int j = 0; j < 2 * m; j++)
                cosines[2 * m * i + j] = Math.Round(Dot.Float64(Row(i), Row(j)), 4);
        return new SimilarityBlocks { Pairs = drawn, Cosines = cosines };
    }
}
