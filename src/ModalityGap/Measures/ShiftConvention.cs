namespace ModalityGap.Measures;

/// <summary>What "a shift by δ along the gap" moves: the paper's text, its authors' code and common practice differ.</summary>
internal sealed record ShiftConvention(string Id, string Description, double ShareOfFirst, double ShareOfSecond)
{
    public static IReadOnlyList<ShiftConvention> All { get; } =
    [
        new("both", "both modalities move half of δ towards each other (the authors' code; the paper's λΔ with λ = δ / (2‖Δ‖))", 0.5, 0.5),
        new("first-only", "only the first modality moves, by δ towards the second", 1, 0),
        new("second-only", "only the second modality moves, by δ towards the first", 0, 1),
    ];

    public ShiftAlongGap At(double delta) => new(ShareOfFirst * delta, ShareOfSecond * delta);

    /// <summary>λ: by how many gap vectors Δ each moving modality moves.</summary>
    public double Fraction(double delta, double gap) => Math.Max(ShareOfFirst, ShareOfSecond) * delta / gap;
}
