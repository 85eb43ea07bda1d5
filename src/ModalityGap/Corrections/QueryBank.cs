using System.Buffers;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Corrections;

/// <summary>How much a document draws queries in general, by its similarities to a bank of reference queries.</summary>
public sealed class QueryBank
{
    private readonly float[] values;
    private readonly RowMultiplier multiplier;

    private QueryBank(float[] values, int dimensions, int nearest, double weight, double inverseTemperature)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (values.Length == 0 || values.Length % dimensions != 0)
            throw new ArgumentException($"{values.Length} values are not whole rows of {dimensions}.", nameof(values));
        if (!values.All(float.IsFinite) || !double.IsFinite(weight) || !double.IsFinite(inverseTemperature))
            throw new ArgumentException("A value of the bank of queries is not finite.", nameof(values));
        this.values = values;
        (Dimensions, Rows) = (dimensions, values.Length / dimensions);
        (Nearest, Weight, InverseTemperature) = (nearest, weight, inverseTemperature);
        multiplier = new RowMultiplier(new RowMatrix(values, Rows, dimensions));
    }

    /// <summary>Number of queries.</summary>
    public int Rows { get; }

    /// <summary>d.</summary>
    public int Dimensions { get; }

    /// <summary>k of the mean over the nearest queries; 0 for the soft maximum over all.</summary>
    public int Nearest { get; }

    /// <summary>By what the mean is multiplied; 1 for the soft maximum.</summary>
    public double Weight { get; }

    /// <summary>β of the soft maximum; 0 for the mean over the nearest.</summary>
    public double InverseTemperature { get; }

    /// <summary>The queries, row-major.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>weight · mean of the k largest similarities; of all where there are fewer.</summary>
    public static QueryBank MeanOfNearest(UnitEmbeddings queries, int nearest, double weight)
    {
        ArgumentNullException.ThrowIfNull(queries);
        return MeanOfNearest(queries.Values, queries.Dimensions, nearest, weight);
    }

    /// <summary>(1/β) log Σ exp(β s) over the bank.</summary>
    public static QueryBank SoftMaximum(UnitEmbeddings queries, double inverseTemperature)
    {
        ArgumentNullException.ThrowIfNull(queries);
        return SoftMaximum(queries.Values, queries.Dimensions, inverseTemperature);
    }

    internal static QueryBank MeanOfNearest(float[] values, int dimensions, int nearest, double weight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nearest, 1);
        return new(values, dimensions, nearest, weight, 0);
    }

    internal static QueryBank SoftMaximum(float[] values, int dimensions, double inverseTemperature)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(inverseTemperature, 0);
        return new(values, dimensions, 0, 1, inverseTemperature);
    }

    /// <summary>The draw of each document of a block; for any thread.</summary>
    internal void Draw(ReadOnlySpan<float> documents, Span<double> target)
    {
        // A span does not go into a lambda.
        double[] draws = ArrayPool<double>.Shared.Rent(target.Length);
        ScoreBlocks.ForEach(multiplier, documents, 0, (row, scores) => draws[row] = Of(scores));
        draws.AsSpan(0, target.Length).CopyTo(target);
        ArrayPool<double>.Shared.Return(draws);
    }

    private double Of(ReadOnlySpan<float> scores) => Nearest > 0 ? Weight * MeanOfLargest(scores, Nearest) : SoftMaximumOf(scores);

    private double SoftMaximumOf(ReadOnlySpan<float> scores)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (float score in scores)
            largest = Math.Max(largest, score);
        foreach (float score in scores)
            sum += Math.Exp(InverseTemperature * (score - largest));
        return largest + Math.Log(sum) / InverseTemperature;
    }

    // The k largest in a heap whose top is the smallest of them; summed in descending order.
    private static double MeanOfLargest(ReadOnlySpan<float> scores, int k)
    {
        k = Math.Min(k, scores.Length);
        float[] rented = ArrayPool<float>.Shared.Rent(k);
        Span<float> heap = rented.AsSpan(0, k);
        scores[..k].CopyTo(heap);
        heap.Sort();
        foreach (float score in scores[k..])
            if (score > heap[0])
                Sink(heap, score);
        heap.Sort();
        double sum = 0;
        for (int i = k - 1; i >= 0; i--)
            sum += heap[i];
        ArrayPool<float>.Shared.Return(rented);
        return sum / k;
    }

    private static void Sink(Span<float> heap, float value)
    {
        int at = 0;
        for (int child = 1; child < heap.Length; child = 2 * at + 1)
        {
            if (child + 1 < heap.Length && heap[child + 1] < heap[child])
                child++;
            if (heap[child] >= value)
                break;
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = value;
    }
}
