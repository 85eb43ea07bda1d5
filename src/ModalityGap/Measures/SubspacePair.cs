using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// Two subspaces, each spanned by the leading principal directions of a modality that hold a share of its variance, and their principal
/// vectors: pairs (u_k, w_k), one from each, as near to each other as they can be while different pairs are orthogonal. The cosines
/// c_k = u_k·w_k are the singular values of V_xᵀV_y (Björck and Golub 1973).
/// </summary>
internal sealed class SubspacePair
{
    /// <summary>Two principal vectors whose squared sine is smaller than this are one direction but for rounding.</summary>
    private const double Coincident = 1e-12;

    private readonly ModalityMoments small, large;
    private readonly int smallCount, largeCount;
    private readonly double[] product;
    private readonly EigenPairs? turned;

    public SubspacePair(ModalityMoments first, ModalityMoments second, double share, WorkContext work)
    {
        FirstDimensions = first.DimensionsFor(share);
        SecondDimensions = second.DimensionsFor(share);
        bool ordered = FirstDimensions <= SecondDimensions;
        (small, large) = ordered ? (first, second) : (second, first);
        (smallCount, largeCount) = ordered ? (FirstDimensions, SecondDimensions) : (SecondDimensions, FirstDimensions);
        product = Float64Product.Run(first.Dimensions, smallCount, largeCount, Coordinate(small), Coordinate(large), work);
        if (smallCount == 0)
            return;
        double[] gram = Float64Product.Symmetric(largeCount, smallCount, Column, work);
        turned = SymmetricEigen.Decompose(gram, smallCount, work);
        Cosines = Array.ConvertAll(turned.Values, square => square > 1 - Coincident ? 1 : Math.Sqrt(Math.Max(0, square)));
    }

    public int FirstDimensions { get; }

    public int SecondDimensions { get; }

    /// <summary>c_k in descending order, as many as the smaller subspace has dimensions.</summary>
    public double[] Cosines { get; } = [];

    /// <summary>The part of ‖vector‖² in the span of both subspaces together.</summary>
    public double SquaredInEither(double[] vector)
    {
        double[] onSmall = Coefficients(small, smallCount, vector), onLarge = Coefficients(large, largeCount, vector);
        var imaged = new double[smallCount];
        for (int i = 0; i < smallCount; i++)
            for (int j = 0; j < largeCount; j++)
                imaged[i] += product[i * largeCount + j] * onLarge[j];
        double inside = onLarge.Sum(value => value * value);
        for (int k = 0; k < smallCount; k++)
        {
            // Of u_k only what is orthogonal to its partner w_k, which the larger subspace holds already, is new.
            double squaredSine = 1 - Cosines[k] * Cosines[k];
            if (squaredSine == 0)
                continue;
            ReadOnlySpan<double> turn = turned!.Vector(k);
            double along = 0, partner = 0;
            for (int i = 0; i < smallCount; i++)
            {
                along += turn[i] * onSmall[i];
                partner += turn[i] * imaged[i];
            }
            // partner = c_k (w_k·vector).
            inside += (along - partner) * (along - partner) / squaredSine;
        }
        return inside;
    }

    /// <summary>The part of ‖vector‖² in the leading directions of one modality.</summary>
    public static double SquaredIn(ModalityMoments modality, int count, double[] vector) =>
        Coefficients(modality, count, vector).Sum(value => value * value);

    private static double[] Coefficients(ModalityMoments modality, int count, double[] vector)
    {
        var coefficients = new double[count];
        for (int k = 0; k < count; k++)
        {
            ReadOnlySpan<double> direction = modality.Spectrum.Vector(k);
            for (int i = 0; i < vector.Length; i++)
                coefficients[k] += direction[i] * vector[i];
        }
        return coefficients;
    }

    private static Float64Product.FillRow Coordinate(ModalityMoments modality) => (coordinate, target) =>
    {
        for (int k = 0; k < target.Length; k++)
            target[k] = modality.Spectrum.Vectors[k * modality.Dimensions + coordinate];
    };

    private void Column(int j, Span<double> target)
    {
        for (int i = 0; i < smallCount; i++)
            target[i] = product[i * largeCount + j];
    }
}
