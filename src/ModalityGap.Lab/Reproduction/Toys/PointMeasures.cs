using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Toys;

/// <summary>The library's measures of two clouds of points.</summary>
internal static class PointMeasures
{
    /// <summary>The points as unit rows of two modalities.</summary>
    public static PairedEmbeddings Pairs(float[] first, float[] second, int dimensions) => Alignment.Of(
        [new EmbeddingSet(new Modality("first"), [.. first], dimensions), new EmbeddingSet(new Modality("second"), [.. second], dimensions)],
        PairingRule.Automatic, 1, false).Pair(0, 1).OneToOne();

    /// <summary>‖Δ‖.</summary>
    public static double Gap(float[] first, float[] second, int dimensions)
    {
        double[] gap = new PairMoments(Pairs(first, second, dimensions)).GapVector();
        return Math.Sqrt(gap.Sum(value => value * value));
    }

    /// <summary>Held-out accuracy of a linear classifier of the two clouds.</summary>
    public static double Separability(float[] first, float[] second, int dimensions, WorkContext work)
    {
        var evidence = new PairEvidence(Pairs(first, second, dimensions), [0.01], new RandomStream(1), work);
        return Measures.Separability.AccuracyByItem(evidence).Accuracy.Estimate?.Value ?? double.NaN;
    }

    /// <summary>A cone of unit rows around an axis: (axis + σ z)/‖·‖, z normal with E‖z‖² = 1, so that two rows have about the cosine 1/(1 + σ²).</summary>
    public static float[] Cone(int rows, int dimensions, double cosine, ReadOnlySpan<double> axis, NormalDraws normal)
    {
        double deviation = Math.Sqrt((1 / cosine - 1) / dimensions);
        var points = new float[rows * dimensions];
        var row = new double[dimensions];
        for (int i = 0; i < rows; i++)
        {
            normal.Fill(row, deviation);
            double norm = 0;
            for (int k = 0; k < dimensions; k++)
                norm += (row[k] += axis[k]) * row[k];
            for (int k = 0; k < dimensions; k++)
                points[i * dimensions + k] = (float)(row[k] / Math.Sqrt(norm));
        }
        return points;
    }

    /// <summary>A direction drawn uniformly.</summary>
    public static double[] Axis(int dimensions, NormalDraws normal)
    {
        var axis = new double[dimensions];
        normal.Fill(axis, 1);
        double norm = Math.Sqrt(axis.Sum(value => value * value));
        return Array.ConvertAll(axis, value => value / norm);
    }
}
