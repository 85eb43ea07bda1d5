namespace ModalityGap.Lab.Training;

/// <summary>How a dual encoder is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>Times that every picture of the training set is seen; default 40.</summary>
    public int Epochs { get; init; } = 40;

    /// <summary>Pairs a step; default 256. Every other pair of the batch is a negative.</summary>
    public int Batch { get; init; } = 256;

    /// <summary>Largest learning rate, reached after the warm-up; default 0.002.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Weight decay of AdamW on matrices and convolutions; default 0.05.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Share of the steps in which the learning rate rises from 0; default 0.05. Afterwards it falls to 0 along a cosine.</summary>
    public double WarmUp { get; init; } = 0.05;

    /// <summary>What is minimised; default the loss of CLIP.</summary>
    public LossKind Loss { get; init; } = LossKind.Symmetric;

    /// <summary>
    /// τ at the last step, where the temperature follows a schedule from its start to there; <c>null</c>, the default, where it is learned or fixed.
    /// </summary>
    public double? FinalTemperature { get; init; }

    /// <summary>The temperature's learning rate as a multiple of that of all else; default 1.</summary>
    public double TemperatureRate { get; init; } = 1;

    /// <summary>Whether the second tower is turned before training so that pairs come together (<see cref="AmendedStart"/>); default no.</summary>
    public bool Amended { get; init; }

    /// <summary>Share of the items that are trained with the texts of another item; default 0.</summary>
    public double Mismatched { get; init; }

    /// <summary>Share of a text's words that training sees, the first ones; default 1. The watch reads texts cut in the same way.</summary>
    public double WordShare { get; init; } = 1;

    /// <summary>Whether pictures are shifted, scaled and recoloured at random and texts drawn from all that an item has; default yes.</summary>
    public bool Augment { get; init; } = true;

    /// <summary>Seed of the weights, the order and the changes; default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Keeps a copy of the checkpoint every so many epochs; 0, the default, keeps the last one only.</summary>
    public int KeepEvery { get; init; }

    /// <summary>Refuses what makes no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Batch, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUp);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(WarmUp, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(KeepEvery);
        if (FinalTemperature is { } last)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(last, nameof(FinalTemperature));
        ArgumentOutOfRangeException.ThrowIfNegative(TemperatureRate);
        ArgumentOutOfRangeException.ThrowIfNegative(Mismatched);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Mismatched, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(WordShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WordShare, 1);
    }
}
