namespace ModalityGap.Embeddings;

/// <summary>The Euclidean norms of rows as they were read.</summary>
/// <param name="Lowest">The smallest norm.</param>
/// <param name="Mean">The mean norm.</param>
/// <param name="Highest">The largest norm.</param>
/// <param name="Deviation">Population standard deviation of the norms.</param>
public sealed record NormSummary(double Lowest, double Mean, double Highest, double Deviation)
{
    /// <summary>How far a norm may be from 1 and still count as unit norm; float16 storage needs about 5e-4.</summary>
    public const double UnitTolerance = 2e-3;

    /// <summary>Whether every row already had norm 1, as far as its storage allows.</summary>
    public bool AreUnit => Math.Abs(Lowest - 1) <= UnitTolerance && Math.Abs(Highest - 1) <= UnitTolerance;
}
