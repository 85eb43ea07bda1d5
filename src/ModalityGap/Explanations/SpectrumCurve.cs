using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap.Explanations;

/// <summary>How one modality's variance spreads over its principal directions.</summary>
public sealed record SpectrumCurve
{
    /// <summary>At most so many directions are listed.</summary>
    public const int MostDirections = 256;

    /// <summary>The modality.</summary>
    public required string Modality { get; init; }

    /// <summary>Number of directions that hold more than rounding, at most min(n - 1, d).</summary>
    public required int Directions { get; init; }

    /// <summary>λ_k / Σλ, largest first; λ: eigenvalues of the covariance with divisor n - 1.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>The curves of both modalities; one whose rows all coincide has no directions.</summary>
    internal static IReadOnlyList<SpectrumCurve> Of(PairEvidence evidence) => [.. evidence.SecondMoments.Both.Select(Of)];

    private static SpectrumCurve Of(ModalityMoments moments)
    {
        double[] values = moments.Eigenvalues;
        double sum = values.Sum();
        return new SpectrumCurve
        {
            Modality = moments.Name,
            Directions = values.Length,
            Shares = [.. values.Take(MostDirections).Select(value => value / sum)],
        };
    }
}
