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
    }
}
