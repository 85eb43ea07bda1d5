using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Training;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>The options of a training that say what is trained and how.</summary>
internal sealed class ModelOptions
{
    private static readonly EncoderOptions Encoder = new();
    private static readonly TrainingOptions Training = new();

    private readonly Option<string?> imageTower = ChoiceOption.Create("--image-tower", "What reads pictures; default convolutional.", "convolutional", "vit");
    private readonly Option<string?> textTower = ChoiceOption.Create("--text-tower", "What reads texts; default bag-of-words.", "bag-of-words", "transformer");
    private readonly Option<long?> dimensions = NumberOption.Whole("--dimensions", $"Dimensions of the shared space; default {Encoder.Dimensions}.", 2, 4096);
    private readonly Option<long?> width = NumberOption.Whole("--width", $"Channels of the first convolution, a multiple of 8; default {Encoder.Width}.", 8, 1024);
    private readonly Option<double?> temperature = NumberOption.Share("--temperature", $"Temperature to start from; default {Encoder.InitialTemperature}.");
    private readonly Option<bool> fixedTemperature = new("--fixed-temperature") { Description = "Do not learn the temperature." };
    private readonly Option<long?> epochs = NumberOption.Whole("--epochs", $"Times that every picture is seen; default {Training.Epochs}.", 1, 100_000);
    private readonly Option<long?> batch = NumberOption.Whole("--batch", $"Pairs a step; default {Training.Batch}.", 2, 65_536);
    private readonly Option<double?> learningRate = NumberOption.Share("--learning-rate", $"Largest learning rate; default {Training.LearningRate}.");
    private readonly Option<bool> plain = new("--no-augmentation") { Description = "Pictures and texts as they are, each item with its first text." };
    private readonly Option<long?> seed = NumberOption.Whole("--seed", $"Seed of weights, order and changes; default {Training.Seed}.", 0, long.MaxValue);
    private readonly Option<long?> keepEvery = NumberOption.Whole("--keep-every", "Keep a copy of the checkpoint every N epochs.", 1, 100_000);

    public ModelOptions(Command command)
    {
        foreach (Option option in (Option[])[imageTower, textTower, dimensions, width, temperature, fixedTemperature, epochs, batch, learningRate, plain, seed, keepEvery])
            command.Options.Add(option);
    }

    /// <summary>The architecture: what was asked for, and for the rest what <paramref name="otherwise"/> says.</summary>
    public EncoderOptions EncoderOf(ParseResult parsed, EncoderOptions otherwise)
    {
        int channels = (int)(parsed.GetValue(width) ?? otherwise.Width);
        if (channels % 8 != 0)
            throw new UsageException($"--width takes a multiple of 8, not {channels}.");
        return otherwise with
        {
            ImageTower = parsed.GetValue(imageTower) switch
            {
                "vit" => ImageTowerKind.VisionTransformer,
                "convolutional" => ImageTowerKind.Convolutional,
                _ => otherwise.ImageTower,
            },
            TextTower = parsed.GetValue(textTower) switch
            {
                "transformer" => TextTowerKind.Transformer,
                "bag-of-words" => TextTowerKind.BagOfWords,
                _ => otherwise.TextTower,
            },
            Dimensions = (int)(parsed.GetValue(dimensions) ?? otherwise.Dimensions),
            Width = channels,
            InitialTemperature = parsed.GetValue(temperature) ?? otherwise.InitialTemperature,
            LearnTemperature = otherwise.LearnTemperature && !parsed.GetValue(fixedTemperature),
        };
    }

    /// <summary>The training: what was asked for, and for the rest what <paramref name="otherwise"/> says.</summary>
    public TrainingOptions TrainingOf(ParseResult parsed, TrainingOptions otherwise) => otherwise with
    {
        Epochs = (int)(parsed.GetValue(epochs) ?? otherwise.Epochs),
        Batch = (int)(parsed.GetValue(batch) ?? otherwise.Batch),
        LearningRate = parsed.GetValue(learningRate) ?? otherwise.LearningRate,
        Augment = otherwise.Augment && !parsed.GetValue(plain),
        Seed = parsed.GetValue(seed) ?? otherwise.Seed,
        KeepEvery = (int)(parsed.GetValue(keepEvery) ?? otherwise.KeepEvery),
    };
}
