namespace ModalityGap.Lab.Training;

/// <summary>One line of a training log: the state after an epoch. Epoch 0 is the model before training.</summary>
/// <remarks>Gap and recall are those of the core on pictures that training does not see, one text each.</remarks>
public sealed record EpochRecord
{
    /// <summary>How many epochs are done.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean loss over the epoch's batches; <c>null</c> before training.</summary>
    public required double? Loss { get; init; }

    /// <summary>τ.</summary>
    public required double Temperature { get; init; }

    /// <summary>‖mean x - mean y‖, debiased.</summary>
    public required double Gap { get; init; }

    /// <summary>Share of pictures whose text comes first among all texts.</summary>
    public required double RecallImageToText { get; init; }

    /// <summary>Share of texts whose picture comes first among all pictures.</summary>
    public required double RecallTextToImage { get; init; }

    /// <summary>Pictures that gap and recall were taken on.</summary>
    public required int Watched { get; init; }

    /// <summary>Seconds that the epoch took, the watching included.</summary>
    public required double Seconds { get; init; }
}
