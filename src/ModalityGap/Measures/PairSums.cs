namespace ModalityGap.Measures;

/// <summary>
/// Everything that the linear measures need of n pairs (x_i, y_i), as sums that lose one pair in constant time: so the jackknife of any
/// measure over them costs as much as n evaluations of a formula.
/// </summary>
/// <param name="Count">n.</param>
/// <param name="XX">‖Σ x_i‖².</param>
/// <param name="YY">‖Σ y_i‖².</param>
/// <param name="XY">Σ x_i · Σ y_i.</param>
/// <param name="SquaresX">Σ ‖x_i‖², n up to rounding.</param>
/// <param name="SquaresY">Σ ‖y_i‖².</param>
/// <param name="Matched">Σ x_i · y_i.</param>
internal readonly record struct PairSums(
    double Count, double XX, double YY, double XY, double SquaresX, double SquaresY, double Matched)
{
    /// <summary>‖Δ‖² = ‖mean x - mean y‖².</summary>
    public double SquaredGap => Math.Max(0, (XX + YY - 2 * XY) / (Count * Count));

    /// <summary>Σ_{i≠j} g_i·g_j / (n(n - 1)) with g_i = x_i - y_i: the squared gap without the part that noise adds to it; may be negative.</summary>
    public double DebiasedSquaredGap => (XX + YY - 2 * XY - (SquaresX + SquaresY - 2 * Matched)) / (Count * (Count - 1));

    /// <summary>Mean over i of ‖x_i - mean x‖², which is 1 - ‖mean x‖² on unit rows.</summary>
    public double ScatterX => Math.Max(0, SquaresX / Count - XX / (Count * Count));

    /// <summary>Mean over i of ‖y_i - mean y‖².</summary>
    public double ScatterY => Math.Max(0, SquaresY / Count - YY / (Count * Count));

    /// <summary>Mean of x_i·x_j over i ≠ j.</summary>
    public double OffDiagonalMeanX => (XX - SquaresX) / (Count * (Count - 1));

    /// <summary>Mean of y_i·y_j over i ≠ j.</summary>
    public double OffDiagonalMeanY => (YY - SquaresY) / (Count * (Count - 1));

    /// <summary>Mean of x_i·y_i.</summary>
    public double MatchedMean => Matched / Count;

    /// <summary>Mean of x_i·y_j over i ≠ j.</summary>
    public double UnmatchedMean => (XY - Matched) / (Count * (Count - 1));

    /// <summary>Cosine between the two means.</summary>
    public double CosineOfMeans => Math.Clamp(XY / Math.Sqrt(XX * YY), -1, 1);
}
