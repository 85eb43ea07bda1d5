using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>In how many directions each modality varies, and how evenly.</summary>
internal sealed class Spectrum : IMeasure
{
    /// <summary>What RankMe adds to every p_k, as published.</summary>
    private const double RankMeEpsilon = 1e-7;

    private const string OnePoint = "The modality is a single point and has no spectrum.";

    private const string FewRows = " It is too small when n is not many times d.";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        Info("spectrum-trace", "Total variance", "The sum of the variances of all coordinates of one modality.",
            "tr S = Σ λ_k, S: covariance with divisor n - 1", "[0, 2]",
            "1 - ‖mean‖² but for the divisor: small in a narrow cone.", "Multivariate analysis"),
        Info("spectrum-participation-ratio", "Participation ratio", "The number of equally strong directions that would be as concentrated as this spectrum.",
            "(Σλ_k)² / Σλ_k², λ: eigenvalues of the covariance", "[1, N]",
            "The default count of dimensions: it is ruled by the strong directions, and few rows disturb it least." + FewRows,
            "Gao et al., A theory of multineuronal dimensionality, 2017"),
        Info("spectrum-dimensions-90", "Dimensions for 90 % of the variance", "The fewest principal directions that hold 90 % of one modality's variance.",
            "min k with λ_1 + ... + λ_k >= 0.9 Σλ", "[1, N]",
            "Far below d: dimensional collapse, the modality uses a thin part of the space.", "Principal component analysis"),
        Info("spectrum-dimensions-99", "Dimensions for 99 % of the variance", "The fewest principal directions that hold 99 % of one modality's variance.",
            "min k with λ_1 + ... + λ_k >= 0.99 Σλ", "[1, N]",
            "The subspace that the principal angles and the gap's shares refer to." + FewRows,
            "Zhang et al., Connect, Collapse, Corrupt, ICLR 2024"),
        Info("spectrum-covariance-rank", "Effective rank of the covariance", "The exponential of the entropy of the covariance's eigenvalues.",
            "exp(-Σ p_k log p_k), p_k = λ_k/Σλ", "[1, N]",
            "Between the participation ratio and the rank of singular values; weak directions count more than in the former." + FewRows,
            "Roy and Vetterli, EUSIPCO 2007, on the eigenvalues"),
        Info("spectrum-singular-rank", "Effective rank (Roy and Vetterli), centred", "The exponential of the entropy of the centred rows' singular values.",
            "exp(-Σ p_k log p_k), p_k = σ_k/Σσ, σ_k = √λ_k", "[1, N]",
            "Weak directions count much, so of all ranks this one grows most with n." + FewRows, "Roy and Vetterli, The effective rank, EUSIPCO 2007"),
        Info("spectrum-rankme", "RankMe", "The exponential of the entropy of the uncentred rows' singular values, as published.",
            "exp(-Σ p_k log p_k), p_k = σ_k/Σσ + 1e-7, over min(N, d) singular values of the rows as they are", "[1, ∞)",
            "Uncentred, so the mean counts as one strong direction: a narrow cone has a low value however its items vary. Near min(N, d): full rank." + FewRows,
            "Garrido et al., RankMe, ICML 2023"),
        Info("spectrum-isoscore", "IsoScore", "How evenly the variance spreads over all d directions.",
            "(d - δ²(d - √d))²/d² = φ; (dφ - 1)/(d - 1), δ = ‖√d λ/‖λ‖ - 1‖ / sqrt(2(d - √d)); the same as (participation ratio - 1)/(d - 1)", "[0, 1]",
            "0: one direction; 1: all directions alike. It carries no more than the participation ratio, on a scale relative to d.",
            "Rudman et al., IsoScore, Findings of ACL 2022, the formula of the paper"),
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence) =>
    [
        .. OfModality(evidence.SecondMoments.First, Trace(evidence, sums => sums.ScatterX)),
        .. OfModality(evidence.SecondMoments.Second, Trace(evidence, sums => sums.ScatterY)),
    ];

    private static Estimate Trace(PairEvidence evidence, Func<PairSums, double> scatter) =>
        evidence.Moments.Jackknifed(sums => scatter(sums) * sums.Count / (sums.Count - 1)).Within(0, 2);

    private IEnumerable<Measurement> OfModality(ModalityMoments moments, Estimate trace)
    {
        string name = moments.Name;
        if (moments.IsPoint)
            return
            [
                Measurement.Of("spectrum-trace", name, trace),
                .. Infos.Skip(1).Select(info => Measurement.Without(info.Id, name, OnePoint)),
            ];
        double[] values = moments.Eigenvalues;
        Estimate[] ranks = SpectralFunction.Estimated(
            moments, SpectralFunction.Participation(values), SpectralFunction.Entropy(values), SpectralFunction.RootEntropy(values));
        return
        [
            Measurement.Of("spectrum-trace", name, trace),
            Measurement.Of("spectrum-participation-ratio", name, ranks[0].Within(1, moments.Count)),
            Measurement.Of("spectrum-dimensions-90", name, Estimate.Exact(moments.DimensionsFor(0.9), "a count on these rows", moments.Count)),
            Measurement.Of("spectrum-dimensions-99", name, Estimate.Exact(moments.DimensionsFor(0.99), "a count on these rows", moments.Count)),
            Measurement.Of("spectrum-covariance-rank", name, ranks[1].Within(1, moments.Count)),
            Measurement.Of("spectrum-singular-rank", name, ranks[2].Within(1, moments.Count)),
            Measurement.Of("spectrum-rankme", name, Estimate.Exact(
                RankMe(moments), "no interval: weak directions bias it by more than its noise", moments.Count)),
            IsoScore(moments, ranks[0]),
        ];
    }

    private static double RankMe(ModalityMoments moments)
    {
        double[] roots = new double[Math.Min(moments.Count, moments.Dimensions)];
        Array.ConvertAll(moments.UncentredEigenvalues, Math.Sqrt).CopyTo(roots, 0);
        double sum = roots.Sum();
        return Math.Exp(-roots.Sum(root => (root / sum + RankMeEpsilon) * Math.Log(root / sum + RankMeEpsilon)));
    }

    private static Measurement IsoScore(ModalityMoments moments, Estimate participation)
    {
        int d = moments.Dimensions;
        if (d == 1)
            return Measurement.Without("spectrum-isoscore", moments.Name, "One dimension cannot be more or less isotropic.");
        double Scaled(double ratio) => (ratio - 1) / (d - 1);
        return Measurement.Of("spectrum-isoscore", moments.Name, (participation with
        {
            Value = Scaled(participation.Value),
            Low = participation.Low is { } low ? Scaled(low) : null,
            High = participation.High is { } high ? Scaled(high) : null,
        }).Within(0, 1));
    }

    private static MeasureInfo Info(string id, string name, string definition, string formula, string range, string reading, string reference) => new()
    {
        Id = id,
        Name = name,
        Definition = definition,
        Formula = formula,
        Range = range,
        Reading = reading,
        Reference = reference,
    };
}
