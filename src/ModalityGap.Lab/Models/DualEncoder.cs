using ModalityGap.Lab.Native;
using ModalityGap.Lab.Tensors;
using ModalityGap.Statistics;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models;

/// <summary>
/// Two towers that map pictures and texts into one space of d dimensions, and the temperature of the loss that trains them (Radford et al.,
/// "Learning Transferable Visual Models from Natural Language Supervision", ICML 2021). Outputs are not set to norm 1.
/// </summary>
public sealed class DualEncoder : Module
{
    /// <summary>1/τ may not grow beyond this, as in CLIP.</summary>
    private const double LargestScale = 100;

    private readonly NormalisationSwitch norms = new();
    private readonly Module<Tensor, Tensor> images;
    private readonly Module<Tensor, Tensor> texts;
    private readonly Parameter logScale;

    private DualEncoder(EncoderOptions options, Vocabulary vocabulary) : base(nameof(DualEncoder))
    {
        (Options, Vocabulary) = (options, vocabulary);
        Reader = new TextReader(vocabulary, options.TextTower);
        images = options.ImageTower == ImageTowerKind.Convolutional ? new ConvolutionalTower(options, norms) : new VisionTransformerTower(options, norms);
        texts = options.TextTower == TextTowerKind.BagOfWords
            ? new BagOfWordsTower(options, vocabulary.Size, norms)
            : new TextTransformerTower(options, vocabulary.Size, norms);
        logScale = Parameter(tensor((float)-Math.Log(options.InitialTemperature)), options.LearnTemperature);
        RegisterComponents();
    }

    /// <summary>The architecture.</summary>
    public EncoderOptions Options { get; }

    /// <summary>The words that it knows.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>τ.</summary>
    public double Temperature => Math.Exp(-logScale.item<float>());

    /// <summary>How many numbers training can change.</summary>
    public long ParameterCount => parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel());

    /// <summary>
    /// Whether anything is normalised; default yes. If not, every normalisation layer is the identity, and pictures are read with values from 0 to 1 (Liang et al., NeurIPS 2022,
    /// supplementary Figure 15).
    /// </summary>
    public bool Normalises
    {
        get => !norms.IsOff;
        set => norms.IsOff = !value;
    }

    internal TextReader Reader { get; }

    /// <summary>A new model with starting weights from the random stream.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="LibTorchException">libtorch cannot be loaded.</exception>
    public static DualEncoder Create(EncoderOptions options, Vocabulary vocabulary, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        options.Check();
        LibTorch.Load();
        var model = new DualEncoder(options, vocabulary);
        Initialisation.Initialise(model, random.Fork("weights"));
        return model;
    }

    /// <summary>n x 3 x side x side pixels, from -1 to 1, to n x d.</summary>
    public Tensor EncodeImages(Tensor pictures) => images.call(norms.IsOff ? (pictures + Scalars.One) / Scalars.Two : pictures);

    /// <summary>n x length numbers of words to n x d.</summary>
    public Tensor EncodeTexts(Tensor numbers) => texts.call(numbers);

    /// <summary>1/τ as a tensor of which the gradient is taken.</summary>
    internal Tensor Scale() => logScale.exp();

    /// <summary>Keeps 1/τ in its bound after a step.</summary>
    internal void BoundTemperature()
    {
        using (no_grad())
            logScale.clamp_max_(Math.Log(LargestScale));
    }
}
