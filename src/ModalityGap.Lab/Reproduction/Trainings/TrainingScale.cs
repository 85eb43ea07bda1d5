using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Training;

namespace ModalityGap.Lab.Reproduction.Trainings;

/// <summary>What experiments on trained encoders start from: the data, two small models, the training, how many seeds.</summary>
internal sealed record TrainingScale
{
    /// <summary>The name of the pictures with texts, where the user brings none.</summary>
    public required string Data { get; init; }

    /// <summary>A residual network and a bag of words.</summary>
    public required EncoderOptions Encoder { get; init; }

    /// <summary>Two transformers.</summary>
    public required EncoderOptions Transformers { get; init; }

    public required TrainingOptions Training { get; init; }

    /// <summary>Runs of each cell.</summary>
    public required int Seeds { get; init; }

    /// <summary>Seconds that an epoch takes on two cores, with a look at what is watched.</summary>
    public required double Seconds { get; init; }

    /// <summary>How much longer it takes of two transformers.</summary>
    public required double SlowerTransformers { get; init; }

    public static TrainingScale Of(Effort effort) => effort == Effort.Full ? Full : Quick;

    private static TrainingScale Quick { get; } = new()
    {
        Data = DataSource.ShapesName,
        Encoder = new() { Side = 16, Width = 8, Dimensions = 32 },
        Transformers = new()
        {
            Side = 16,
            Width = 8,
            Dimensions = 32,
            Depth = 1,
            ImageTower = ImageTowerKind.VisionTransformer,
            TextTower = TextTowerKind.Transformer,
        },
        Training = new() { Epochs = 2, Batch = 64 },
        Seeds = 2,
        Seconds = 0.15,
        SlowerTransformers = 1,
    };

    private static TrainingScale Full { get; } = new()
    {
        Data = DataSource.EmojiName,
        Encoder = new() { Width = 16 },
        Transformers = new() { Width = 16, Depth = 2, ImageTower = ImageTowerKind.VisionTransformer, TextTower = TextTowerKind.Transformer },
        Training = new() { Epochs = 30, Batch = 128 },
        Seeds = 3,
        Seconds = 1.5,
        SlowerTransformers = 2.4,
    };
}
