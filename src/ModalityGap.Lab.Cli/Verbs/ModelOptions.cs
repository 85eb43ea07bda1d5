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
    private readonly Option<double?> temperature = NumberOption.Real("--temperature", $"Temperature to start from; default {Encoder.InitialTemperature}.", 0.001, 1000);
    private readonly Option<bool> fixedTemperature = new("--fixed-temperature") { Description = "Do not learn the temperature." };
    private readonly Option<long?> epochs = NumberOption.Whole("--epochs", $"Times that every picture is seen; default {Training.Epochs}.", 1, 100_000);
    private readonly Option<long?> batch = NumberOption.Whole("--batch", $"Pairs a step; default {Training.Batch}.", 2, 65_536);
    private readonly Option<double?> learningRate = NumberOption.Share("--learning-rate", $"Largest learning rate; default {Training.LearningRate}.");
    private readonly Option<bool> plain = new("--no-augmentation") { Description = "Pictures and texts as they are, each item with its first text." };
    private readonly Option<string?> second = ChoiceOption.Create("--second", "What the second tower reads; default texts.", "texts", "pictures");
    private readonly Option<string?> common = ChoiceOption.Create("--common", "What the towers have in common; default nothing.", "nothing", "start", "weights");
    private readonly Option<string?> loss = ChoiceOption.Create("--loss", "What is minimised; default symmetric, the loss of CLIP.", [.. Losses.Keys]);
    private readonly Option<double?> finalTemperature = NumberOption.Real("--final-temperature", "Temperature to end at, along a schedule; neither learned nor fixed.", 0.001, 1000);
    private readonly Option<double?> temperatureRate = NumberOption.Share("--temperature-rate", "Learning rate of the temperature, as a share of that of all else; default 1.");
    private readonly Option<bool> amended = new("--amended") { Description = "Turn the text tower before training, so that there is no gap to begin with." };
    private readonly Option<double?> mismatched = NumberOption.Share("--mismatched", "Share of the items that are trained with another item's texts; default 0.");
    private readonly Option<double?> words = NumberOption.Share("--words", "Share of a text's words that training sees, the first ones; default 1.");
    private readonly Option<long?> seed = NumberOption.Whole("--seed", $"Seed of weights, order and changes; default {Training.Seed}.", 0, long.MaxValue);
    private readonly Option<long?> keepEvery = NumberOption.Whole("--keep-every", "Keep a copy of the checkpoint every N epochs.", 1, 100_000);

    private static readonly Dictionary<string, LossKind> Losses = new(StringComparer.Ordinal)
    {
        ["symmetric"] = LossKind.Symmetric,
        ["sigmoid"] = LossKind.Sigmoid,
        ["uniform"] = LossKind.Uniform,
        ["dual"] = LossKind.Dual,
        ["easy-only"] = LossKind.EasyOnly,
        ["cua"] = LossKind.UniformAligned,
        ["cuaxu"] = LossKind.CrossUniformAligned,
    };

    public ModelOptions(Command command)
    {
        foreach (Option option in (Option[])[
            imageTower, textTower, dimensions, width, second, common, temperature, fixedTemperature, finalTemperature, temperatureRate, loss, amended, mismatched, words, epochs, batch,
            learningRate, plain, seed, keepEvery,
        ])
            command.Options.Add(option);
    }

    /// <summary>The architecture: what was asked for, and for the rest what <paramref name="otherwise"/> says.</summary>
    public EncoderOptions EncoderOf(ParseResult parsed, EncoderOptions otherwise)
    {
        int channels = (int)(parsed.GetValue(width) ?? otherwise.Width);
        if (channels % 8 != 0)
            throw new UsageException($"--width takes a multiple of 8, not {channels}.");
        EncoderOptions encoder = otherwise with
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
            Second = parsed.GetValue(second) switch
            {
                "pictures" => SecondInput.Pictures,
                "texts" => SecondInput.Texts,
                _ => otherwise.Second,
            },
            Common = parsed.GetValue(common) switch
            {
                "nothing" => CommonPart.Nothing,
                "start" => CommonPart.Start,
                "weights" => CommonPart.Weights,
                _ => otherwise.Common,
            },
        };
        return encoder.Contradiction is { } contradiction ? throw new UsageException(contradiction) : encoder;
    }

    /// <summary>The training: what was asked for, and for the rest what <paramref name="otherwise"/> says.</summary>
    public TrainingOptions TrainingOf(ParseResult parsed, TrainingOptions otherwise) => otherwise with
    {
        Epochs = (int)(parsed.GetValue(epochs) ?? otherwise.Epochs),
        Batch = (int)(parsed.GetValue(batch) ?? otherwise.Batch),
        LearningRate = parsed.GetValue(learningRate) ?? otherwise.LearningRate,
        Loss = parsed.GetValue(loss) is { } kind ? Losses[kind] : otherwise.Loss,
        FinalTemperature = parsed.GetValue(finalTemperature) ?? otherwise.FinalTemperature,
        TemperatureRate = parsed.GetValue(temperatureRate) ?? otherwise.TemperatureRate,
        Amended = otherwise.Amended || parsed.GetValue(amended),
        Mismatched = parsed.GetValue(mismatched) ?? otherwise.Mismatched,
        WordShare = parsed.GetValue(words) ?? otherwise.WordShare,
        Augment = otherwise.Augment && !parsed.GetValue(plain),
        Seed = parsed.GetValue(seed) ?? otherwise.Seed,
        KeepEvery = (int)(parsed.GetValue(keepEvery) ?? otherwise.KeepEvery),
    };
}
