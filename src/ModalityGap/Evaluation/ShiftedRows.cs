using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Evaluation;

/// <summary>Rows moved along a direction and set to norm 1 again: (x + δĝ) / ‖x + δĝ‖.</summary>
internal static class ShiftedRows
{
    /// <summary>A row that float32 cannot tell from the origin has no direction and stays where it was.</summary>
    private const double ShortestSquare = 1e-14;

    /// <summary>The moved rows.</summary>
    public static UnitEmbeddings Of(UnitEmbeddings rows, double[] direction, double distance)
    {
        if (distance == 0)
            return rows;
        int d = rows.Dimensions;
        var values = new float[rows.Rows * d];
        for (int i = 0; i < rows.Rows; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            double scale = Scale(row, direction, distance);
            for (int k = 0; k < d; k++)
                values[i * d + k] = scale == 0 ? row[k] : (float)((row[k] + distance * direction[k]) * scale);
        }
        return rows.WithUnitVectors(values, d);
    }

    /// <summary>The mean of the moved rows, without making them.</summary>
    public static double[] Mean(UnitEmbeddings rows, double[] direction, double distance)
    {
        var sum = new double[rows.Dimensions];
        double scales = 0;
        for (int i = 0; i < rows.Rows; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            double scale = distance == 0 ? 1 : Scale(row, direction, distance);
            if (scale == 0)
                continue;
            scales += scale;
            for (int k = 0; k < sum.Length; k++)
                sum[k] += scale * row[k];
        }
        for (int k = 0; k < sum.Length; k++)
            sum[k] = (sum[k] + distance * scales * direction[k]) / rows.Rows;
        return sum;
    }

    // 1/‖x + δĝ‖; 0 where that has no direction.
    private static double Scale(ReadOnlySpan<float> row, double[] direction, double distance)
    {
        double square = Dot.Float64(row, row) + 2 * distance * Dot.Float64(row, direction) + distance * distance;
        return square > ShortestSquare ? 1 / Math.Sqrt(square) : 0;
    }
}
