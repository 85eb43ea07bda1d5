using System.Buffers;
using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>
/// Fisher's linear classifier of two modalities: w = S⁻¹ (mean x - mean y), S the pooled covariance within the modalities, shrunk towards a multiple
/// of the identity by the amount of Ledoit and Wolf (JMVA 2004), so that it exists with fewer rows than dimensions too. A row z is called the
/// first modality's where w·z exceeds the middle of the two means' scores.
/// </summary>
internal sealed class LinearDiscriminant
{
    private readonly double[] weights;
    private readonly double threshold;

    private LinearDiscriminant(double[] weights, double threshold)
    {
        this.weights = weights;
        this.threshold = threshold;
    }

    /// <summary>Writes one row of a modality.</summary>
    public delegate void Fill(int row, Span<float> target);

    /// <summary>Fits to n rows of each modality.</summary>
    /// <param name="first">Rows of the first modality; called from several threads.</param>
    /// <param name="second">Rows of the second modality.</param>
    /// <param name="n">How many there are of each.</param>
    /// <param name="d">Dimensions.</param>
    /// <param name="work">How to work.</param>
    /// <returns>The classifier, or <c>null</c> where neither modality varies or the two means coincide.</returns>
    public static LinearDiscriminant? Fit(Fill first, Fill second, int n, int d, WorkContext work)
    {
        double[] meanFirst = Mean(first, n, d), meanSecond = Mean(second, n, d);
        var squares = new double[2 * n];
        double[] scatter = Float64Product.Symmetric(2 * n, d, FillCentred, work);
        double[] difference = [.. meanFirst.Zip(meanSecond, (a, b) => a - b)];
        Shrink(scatter, d, 2 * n, squares.Sum(square => square * square));
        double[]? weights = Cholesky.Solve(scatter, difference);
        if (weights is null || weights.All(weight => weight == 0))
            return null;
        double middle = 0;
        for (int k = 0; k < d; k++)
            middle += weights[k] * 0.5 * (meanFirst[k] + meanSecond[k]);
        return new LinearDiscriminant(weights, middle);

        // Rows less their own modality's mean; those of the second follow those of the first.
        void FillCentred(int i, Span<double> target)
        {
            float[] row = ArrayPool<float>.Shared.Rent(d);
            bool ofFirst = i < n;
            (ofFirst ? first : second)(ofFirst ? i : i - n, row.AsSpan(0, d));
            double[] mean = ofFirst ? meanFirst : meanSecond;
            double square = 0;
            for (int k = 0; k < d; k++)
            {
                target[k] = row[k] - mean[k];
                square += target[k] * target[k];
            }
            squares[i] = square;
            ArrayPool<float>.Shared.Return(row);
        }
    }

    /// <summary>w·z less the threshold: above 0 for the first modality.</summary>
    public double Score(ReadOnlySpan<float> row) => Dot.Float64(row, weights) - threshold;

    // S* = (1 - ρ) S + ρ μ I with μ = tr S/d, ρ = min(1, (Σ‖z‖⁴/N - ‖S‖²)/N / ‖S - μI‖²).
    private static void Shrink(double[] scatter, int d, int count, double fourth)
    {
        double trace = 0, squares = 0;
        for (int k = 0; k < scatter.Length; k++)
        {
            scatter[k] /= count;
            squares += scatter[k] * scatter[k];
        }
        for (int k = 0; k < d; k++)
            trace += scatter[k * d + k];
        double scale = trace / d, spread = squares - trace * scale;
        double share = spread > 0 ? Math.Clamp((fourth / count - squares) / count / spread, 0, 1) : 1;
        for (int k = 0; k < scatter.Length; k++)
            scatter[k] *= 1 - share;
        for (int k = 0; k < d; k++)
            scatter[k * d + k] += share * scale;
    }

    private static double[] Mean(Fill fill, int n, int d)
    {
        var mean = new double[d];
        var row = new float[d];
        for (int i = 0; i < n; i++)
        {
            fill(i, row);
            for (int k = 0; k < d; k++)
                mean[k] += row[k];
        }
        return Array.ConvertAll(mean, sum => sum / n);
    }
}
