namespace ModalityGap.Corrections;

/// <summary>
/// Moves modalities along the gap and sets rows to norm 1 again: x' = (x - λΔ)/‖·‖, y' = (y + λΔ)/‖·‖, or one of the two (Liang et al., Mind
/// the Gap, section 4.2). Queries move with their modality; those of a third one stay.
/// </summary>
public sealed class Translation : ICorrection
{
    /// <summary>Says how far, and what moves.</summary>
    /// <param name="shift">How far; default half a gap vector each, where both meet.</param>
    /// <param name="moving">What moves; default both.</param>
    public Translation(Shift? shift = null, Moving moving = Moving.Both)
    {
        Shift = shift ?? Shift.Fraction(0.5);
        Moving = moving;
    }

    /// <summary>How far.</summary>
    public Shift Shift { get; }

    /// <summary>What moves.</summary>
    public Moving Moving { get; }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; } = new()
    {
        Id = "translation",
        Name = "Translation along the gap",
        Description = "move both modalities along the gap until their means meet, then set rows to norm 1 again",
        Formula = "x' = (x - λΔ)/‖·‖, y' = (y + λΔ)/‖·‖, Δ = mean x - mean y",
        Parameters =
        [
            new("fraction", "0.5", "λ: by how many gap vectors each moving modality moves. Or a distance δ along ĝ in all."),
            MovingChoice.Parameter,
        ],
        Deployment = "Index moved documents and move queries with their modality: d additions a row.",
        Reference = "Liang et al., Mind the Gap, NeurIPS 2022",
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters =>
        CorrectionSetting.Values(Shift.Parameter, MovingChoice.Value(Moving));

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return MovingChoice.Move(this, sample, sample.Gap(), Shift, Moving);
    }
}
