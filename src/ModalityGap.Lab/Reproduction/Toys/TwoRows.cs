namespace ModalityGap.Lab.Reproduction.Toys;

/// <summary>
/// Two fixed rows u and v that pass a random ReLU layer with bias, as Theorem 1 has them: ‖u‖ = r‖v‖, W and b from N(0, 1/d). Of W only what it does
/// to u and v matters: each unit sees
/// (w·u + b, w·v + b), normal with variances (‖u‖² + 1)/d and (‖v‖² + 1)/d and covariance (u·v + 1)/d. Drawing these is exact, and d times cheaper
/// than drawing W.
/// </summary>
/// <param name="Ratio">r.</param>
/// <param name="Cosine">cos(u, v).</param>
/// <param name="Norm">‖v‖.</param>
internal sealed record TwoRows(double Ratio, double Cosine, double Norm)
{
    private double NormU => Ratio * Norm;

    /// <summary>u·v.</summary>
    public double Product => Ratio * Norm * Norm * Cosine;

    /// <summary>The theorem's condition: cos(u, v) &lt; 2r/(1 + r²).</summary>
    public bool MeetsCondition => Cosine < 2 * Ratio / (1 + Ratio * Ratio);

    /// <summary>The proof's bound, and the correlation before the ReLU: (1 + u·v)/(√(1 + ‖u‖²) √(1 + ‖v‖²)).</summary>
    public double Correlation => (1 + Product) / Math.Sqrt((1 + NormU * NormU) * (1 + Norm * Norm));

    /// <summary>The cosine after a layer of infinite width: κ₁ of the correlation.</summary>
    public double InfiniteWidth => Networks.InfiniteWidth.Kappa(Correlation);

    /// <summary>2 E φ(Wu + b)·φ(Wv + b), of Lemma 3: √(1 + ‖u‖²) √(1 + ‖v‖²) κ₁.</summary>
    public double TwiceExpectedProduct => Math.Sqrt((1 + NormU * NormU) * (1 + Norm * Norm)) * InfiniteWidth;

    /// <summary>Draws a layer of d units: the cosine after it (0 where a row is dead), and the products of the rows before and after the ReLU.</summary>
    public LayerDraw Draw(int width, NormalDraws normal)
    {
        double ofU = Math.Sqrt((1 + NormU * NormU) / width), ofV = Math.Sqrt((1 + Norm * Norm) / width), c = Correlation, s = Math.Sqrt(Math.Max(0, 1 - c * c));
        double uu = 0, vv = 0, uv = 0, before = 0;
        for (int k = 0; k < width; k++)
        {
            double z = normal.Next(), a = ofU * z, b = ofV * (c * z + s * normal.Next());
            before += a * b;
            (a, b) = (Math.Max(0, a), Math.Max(0, b));
            uu += a * a;
            vv += b * b;
            uv += a * b;
        }
        return new LayerDraw(uu > 0 && vv > 0 ? uv / Math.Sqrt(uu * vv) : 0, before, uv, uu);
    }
}

/// <summary>One draw of a layer.</summary>
/// <param name="Cosine">The cosine after it.</param>
/// <param name="Before">(Wu + b)·(Wv + b).</param>
/// <param name="After">φ(Wu + b)·φ(Wv + b).</param>
/// <param name="SquaredU">‖φ(Wu + b)‖².</param>
internal readonly record struct LayerDraw(double Cosine, double Before, double After, double SquaredU);
