using ModalityGap.Embeddings;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Coverage;

/// <summary>
/// A finite population of pairs, from which samples are drawn with replacement: what is true of it is known exactly. Every pair also
/// occurs with its sides swapped before the offset is added, so that without an offset both modalities have the very same mean.
/// </summary>
internal sealed class PairPopulation
{
    private readonly int size, dimensions;
    private readonly float[] x, y;

    public PairPopulation(int size, int dimensions, double decay, double offset, long seed)
    {
        this.size = size;
        this.dimensions = dimensions;
        x = new float[size * dimensions];
        y = new float[size * dimensions];
        var random = new RandomStream(seed);
        for (int i = 0; i < size; i += 2)
        {
            (double[] a, double[] b) = Draw(random, decay);
            Put(x, i, a, offset);
            Put(y, i, b, -offset);
            Put(x, i + 1, b, offset);
            Put(y, i + 1, a, -offset);
        }
        HasGap = offset != 0;
    }

    private bool HasGap { get; }

    /// <summary>‖E x - E y‖.</summary>
    public double Gap()
    {
        double square = 0;
        for (int k = 0; k < dimensions; k++)
        {
            double mean = 0;
            for (int i = 0; i < size; i++)
                mean += (double)x[i * dimensions + k] - y[i * dimensions + k];
            square += mean / size * (mean / size);
        }
        return HasGap ? Math.Sqrt(square) : 0;
    }

    public PairedEmbeddings Everything() => Pairs([.. Enumerable.Range(0, size)]);

    public PairedEmbeddings Sample(int count, RandomStream random) => Pairs([.. Enumerable.Range(0, count).Select(_ => random.NextIndex(size))]);

    private PairedEmbeddings Pairs(int[] rows)
    {
        EmbeddingSet first = new EmbeddingSet(Modality.Image, x, dimensions).Select(rows);
        EmbeddingSet second = new EmbeddingSet(Modality.Text, y, dimensions).Select(rows);
        return PairedEmbeddings.ByRow(UnitEmbeddings.Normalize(first), UnitEmbeddings.Normalize(second));
    }

    private (double[] A, double[] B) Draw(RandomStream random, double decay)
    {
        double[] a = new double[dimensions], b = new double[dimensions];
        for (int k = 0; k < dimensions; k++)
        {
            double weight = Math.Pow(k + 1, -decay);
            double shared = weight * random.NextNearlyNormal() + (k == 0 ? 2 : 0);
            a[k] = shared + 0.7 * weight * random.NextNearlyNormal();
            b[k] = shared + 0.7 * weight * random.NextNearlyNormal();
        }
        return (a, b);
    }

    private void Put(float[] target, int row, double[] vector, double offset)
    {
        double square = 0;
        double At(int k) => k == dimensions - 1 ? vector[k] + offset : vector[k];
        for (int k = 0; k < dimensions; k++)
            square += At(k) * At(k);
        for (int k = 0; k < dimensions; k++)
            target[row * dimensions + k] = (float)(At(k) / Math.Sqrt(square));
    }
}
