using ModalityGap.Measures;

namespace ModalityGap.Comparisons;

/// <summary>Whether models with a larger gap find more or less.</summary>
public sealed record GapAssociation
{
    /// <summary>The key of the number that says how far the modalities lie apart.</summary>
    public required string Gap { get; init; }

    /// <summary>The key of the number that says how much is found.</summary>
    public required string Recall { get; init; }

    /// <summary>How many models.</summary>
    public required int Models { get; init; }

    /// <summary>Kendall's τ_b; its interval is over the items: whether other items would put these models in the same order.</summary>
    public required Measurement KendallTau { get; init; }

    /// <summary>The same with an interval over models: what other models drawn like these would show. Missing below five models.</summary>
    public required Measurement KendallTauOverModels { get; init; }

    /// <summary>Spearman's ρ; its interval is over the items.</summary>
    public required Measurement SpearmanRho { get; init; }

    /// <summary>The same with an interval over models.</summary>
    public required Measurement SpearmanRhoOverModels { get; init; }

    /// <summary>The share of orders of the models whose τ is as far from zero.</summary>
    public required Measurement PermutationPValue { get; init; }

    /// <summary>What that says, in a sentence.</summary>
    public required string Sentence { get; init; }
}
