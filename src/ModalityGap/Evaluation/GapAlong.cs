using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Evaluation;

/// <summary>The gap vector between two sets of rows that need not be paired: Δ = mean x - mean y, as the paper takes it for each task.</summary>
internal sealed class GapAlong
{
    /// <summary>A gap below this has no direction to move along.</summary>
    private const double Smallest = 1e-6;

    private GapAlong(double[] vector)
    {
        Vector = vector;
        Length = Math.Sqrt(Dot.Float64(vector, vector));
        Direction = Length < Smallest ? null : Array.ConvertAll(vector, value => value / Length);
    }

    /// <summary>Δ, d values.</summary>
    public double[] Vector { get; }

    /// <summary>‖Δ‖.</summary>
    public double Length { get; }

    /// <summary>ĝ = Δ / ‖Δ‖; <c>null</c> where both means coincide.</summary>
    public double[]? Direction { get; }

    /// <summary>From the second to the first.</summary>
    public static GapAlong Between(UnitEmbeddings first, UnitEmbeddings second) => new([.. Mean(first).Zip(Mean(second), (x, y) => x - y)]);

    /// <summary>A gap that was measured on other rows of the same model.</summary>
    public static GapAlong Along(IReadOnlyList<double> vector) => new([.. vector]);

    private static double[] Mean(UnitEmbeddings rows)
    {
        var sum = new double[rows.Dimensions];
        for (int i = 0; i < rows.Rows; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int k = 0; k < sum.Length; k++)
                sum[k] += row[k];
        }
        return Array.ConvertAll(sum, value => value / rows.Rows);
    }
}
