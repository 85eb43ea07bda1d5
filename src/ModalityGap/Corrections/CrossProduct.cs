using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Corrections;

/// <summary>Σ (x_i - c)(y_i - e)ᵀ over matching rows, in float64.</summary>
internal static class CrossProduct
{
    /// <summary>d_x x d_y values, row-major.</summary>
    public static double[] Of(UnitEmbeddings x, UnitEmbeddings y, double[]? centreOfX, double[]? centreOfY, WorkContext work)
    {
        return Float64Product.Run(
            x.Rows, x.Dimensions, y.Dimensions, (i, target) => Fill(x.Row(i), centreOfX, target), (i, target) => Fill(y.Row(i), centreOfY, target), work);

        static void Fill(ReadOnlySpan<float> row, double[]? centre, Span<double> target)
        {
            for (int k = 0; k < target.Length; k++)
                target[k] = centre is null ? row[k] : row[k] - centre[k];
        }
    }
}
