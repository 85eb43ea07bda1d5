using System.Globalization;

namespace ModalityGap.Corrections;

/// <summary>
/// How far modalities move along the gap: by a fraction λ of the gap vector Δ each, as the paper writes, or by a distance δ in all along its
/// direction ĝ, as the authors' code does. With both moving, δ = 2λ‖Δ‖; with one, δ = λ‖Δ‖.
/// </summary>
public readonly record struct Shift
{
    private readonly double amount;
    private readonly bool isDistance;

    private Shift(double amount, bool isDistance)
    {
        if (!double.IsFinite(amount))
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "A shift is a finite number.");
        (this.amount, this.isDistance) = (amount, isDistance);
    }

    /// <summary>Each modality that moves does so by λΔ: ½ lets both meet in the middle, 1 lets one reach where the other was.</summary>
    public static Shift Fraction(double lambda) => new(lambda, false);

    /// <summary>The modalities come nearer by δ in all along ĝ: if both move, each by δ/2.</summary>
    public static Shift Distance(double delta) => new(delta, true);

    /// <summary>By how many gap vectors Δ each moving modality moves, where the gap is ‖Δ‖.</summary>
    internal double InGaps(double gap, Moving moving) =>
        !isDistance ? amount : amount / gap * (moving == Moving.Both ? 0.5 : 1);

    internal (string Name, object Value) Parameter => (isDistance ? "distance" : "fraction", amount);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{amount} {(isDistance ? "along the gap" : "gap vectors")}");
}

/// <summary>Which modality a shift moves.</summary>
public enum Moving
{
    /// <summary>Both, towards each other.</summary>
    Both,

    /// <summary>Only the first, towards the second.</summary>
    FirstOnly,

    /// <summary>Only the second, towards the first.</summary>
    SecondOnly,
}
