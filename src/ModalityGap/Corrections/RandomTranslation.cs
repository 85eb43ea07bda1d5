using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Corrections;

/// <summary>
/// The placebo of <see cref="Translation"/>: as far, but in a random direction. What a move along the gap does and this one does too has
/// nothing to do with the gap.
/// </summary>
public sealed class RandomTranslation : ICorrection
{
    /// <summary>Says where to and how far.</summary>
    /// <param name="seed">The direction's seed; default 1.</param>
    /// <param name="shift">How far, in units of the gap; default half a gap vector each.</param>
    /// <param name="moving">What moves; default both.</param>
    public RandomTranslation(long seed = 1, Shift? shift = null, Moving moving = Moving.Both)
    {
        Seed = seed;
        Shift = shift ?? Shift.Fraction(0.5);
        Moving = moving;
    }

    /// <summary>The direction's seed.</summary>
    public long Seed { get; }

    /// <summary>How far.</summary>
    public Shift Shift { get; }

    /// <summary>What moves.</summary>
    public Moving Moving { get; }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; } = new()
    {
        Id = "random-translation",
        Name = "Translation in a random direction (placebo)",
        Description = "move both modalities in a random direction, as far as the gap is wide, then set rows to norm 1 again",
        Formula = "x' = (x - λ‖Δ‖r)/‖·‖, y' = (y + λ‖Δ‖r)/‖·‖, r uniform on the sphere",
        Parameters =
        [
            new("seed", "1", "The direction's seed."),
            new("fraction", "0.5", "λ: how far each moving modality moves, in units of the gap. Or a distance δ in all."),
            MovingChoice.Parameter,
        ],
        Deployment = "None: it is what corrections are compared with.",
        Reference = "Placebo arm",
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters =>
        CorrectionSetting.Values(("seed", Seed), Shift.Parameter, MovingChoice.Value(Moving));

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        double[] gap = sample.Gap();
        RandomStream random = new RandomStream(Seed).Fork("random-translation");
        double[] direction = Array.ConvertAll(gap, _ => random.NextNearlyNormal());
        double length = Math.Sqrt(Dot.Float64(gap, gap) / Dot.Float64(direction, direction));
        return MovingChoice.Move(this, sample, Array.ConvertAll(direction, value => length * value), Shift, Moving);
    }
}
