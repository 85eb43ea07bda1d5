using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// The unbiased HSIC of Song et al. of two linear kernels, of all items and without each of them. HSIC₁ does not change when rows are
/// centred, and on centred rows a_i, b_i its three terms are ‖Σ a_i b_iᵀ‖² - q, (Σ‖a_i‖²)(Σ‖b_i‖²) and q = Σ ‖a_i‖²‖b_i‖².
/// </summary>
internal sealed class HsicSums
{
    private readonly int n;
    private readonly double square, traceA, traceB, product;

    // Per item: ‖a‖², ‖b‖², aᵀ(Σ a bᵀ)b, a·Σ ‖b_j‖² a_j, b·Σ ‖a_j‖² b_j.
    private readonly double[] a, b, form, onWeightedA, onWeightedB;

    private HsicSums(double square, double[] a, double[] b, double[] form, double[] onWeightedA, double[] onWeightedB)
    {
        n = a.Length;
        this.square = square;
        (this.a, this.b, this.form, this.onWeightedA, this.onWeightedB) = (a, b, form, onWeightedA, onWeightedB);
        for (int i = 0; i < n; i++)
        {
            traceA += a[i];
            traceB += b[i];
            product += a[i] * b[i];
        }
    }

    /// <summary>HSIC₁ of all items.</summary>
    public double Value => Hsic(n, square, traceA, traceB, product);

    /// <param name="x">The modality of a.</param>
    /// <param name="y">The modality of b.</param>
    /// <param name="covariance">Σ a bᵀ / (n - 1).</param>
    public static HsicSums Of(ModalityMoments x, ModalityMoments y, double[] covariance)
    {
        int n = x.Count, d = x.Dimensions;
        double square = 0;
        foreach (double value in covariance)
            square += value * (n - 1) * value * (n - 1);
        double[] squaresX = SquaredNorms(x), squaresY = SquaredNorms(y);
        double[] weightedX = Weighted(x, squaresY), weightedY = Weighted(y, squaresX);
        double[] form = x.BilinearForms(covariance, y), onX = new double[n], onY = new double[n];
        double[] rowX = new double[d], rowY = new double[d];
        for (int i = 0; i < n; i++)
        {
            x.Centred(i, rowX);
            y.Centred(i, rowY);
            form[i] *= n - 1;
            onX[i] = Dot.Float64(rowX, weightedX);
            onY[i] = Dot.Float64(rowY, weightedY);
        }
        return new HsicSums(square, squaresX, squaresY, form, onX, onY);
    }

    /// <summary>HSIC₁ of all items but i: the means move by 1/(n - 1) of what item i lies off them.</summary>
    public double Without(int i)
    {
        double m = n - 1, share = n / m, ai = a[i], bi = b[i], own = ai * bi;
        double squareLeft = square - 2 * share * form[i] + share * share * own;
        // ‖a_j + a_i/m‖² ‖b_j + b_i/m‖² over j ≠ i, term by term; Σ a_j over j ≠ i is -a_i.
        double productLeft = product - own
            + 2 / m * (onWeightedA[i] - own + onWeightedB[i] - own)
            + 4 / (m * m) * (form[i] - own)
            + ((traceA - ai) * bi + ai * (traceB - bi)) / (m * m)
            - 4 * own / (m * m * m)
            + own / (m * m * m);
        return Hsic(n - 1, squareLeft, traceA - share * ai, traceB - share * bi, productLeft);
    }

    private static double Hsic(double n, double square, double traceA, double traceB, double product) =>
        (square - product + traceA * traceB / ((n - 1) * (n - 2)) - 2 * product / (n - 2)) / (n * (n - 3));

    private static double[] SquaredNorms(ModalityMoments moments)
    {
        double[] row = new double[moments.Dimensions], squares = new double[moments.Count];
        for (int i = 0; i < squares.Length; i++)
        {
            moments.Centred(i, row);
            squares[i] = Dot.Float64(row, row);
        }
        return squares;
    }

    private static double[] Weighted(ModalityMoments moments, double[] weights)
    {
        double[] row = new double[moments.Dimensions], sum = new double[moments.Dimensions];
        for (int i = 0; i < weights.Length; i++)
        {
            moments.Centred(i, row);
            for (int k = 0; k < row.Length; k++)
                sum[k] += weights[i] * row[k];
        }
        return sum;
    }
}
