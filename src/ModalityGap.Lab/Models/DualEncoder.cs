using ModalityGap.Lab.Native;
using ModalityGap.Statistics;
using TorchSharp;
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
    /// <summary>A learned 1/τ may not grow beyond this, as in CLIP.</summary>
    private const double LargestScale = 100;

    /// <summary>The bias of the sigmoid loss before training, as in SigLIP.</summary>
    private const float StartingBias = -10;

    private readonly NormalisationSwitch norms = new();
    private readonly Module<Tensor, Tensor> images;
    private readonly Module<Tensor, Tensor>? texts;
    private readonly Parameter logScale;
    private readonly Parameter? pairBias;

    private DualEncoder(EncoderOptions options, Vocabulary vocabulary) : base(nameof(DualEncoder))
    {
        (Options, Vocabulary) = (options, vocabulary);
        Reader = new TextReader(vocabulary, options.TextTower);
        images = PictureTower(options, norms);
        texts = (options.Second, options.Common, options.TextTower) switch
        {
            (SecondInput.Pictures, CommonPart.Weights, _) => null,
            (SecondInput.Pictures, _, _) => PictureTower(options, norms),
            (_, _, TextTowerKind.BagOfWords) => new BagOfWordsTower(options, vocabulary.Size, norms),
            _ => new TextTransformerTower(
                options, vocabulary.Size, norms, options.Common == CommonPart.Weights ? ((VisionTransformerTower)images).Trunk : null),
        };
        pairBias = options.HasBias ? Parameter(tensor(StartingBias)) : null;
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
        if (options.Common == CommonPart.Start)
            CopyWeights(model.images, model.texts!);
        return model;
    }

    /// <summary>n x 3 x side x side pixels, from -1 to 1, to n x d.</summary>
    public Tensor EncodeImages(Tensor pictures) => images.call(norms.IsOff ? (pictures + 1) / 2 : pictures);

    /// <summary>n x length numbers of words to n x d.</summary>
    /// <exception cref="InvalidOperationException">The second tower reads pictures.</exception>
    public Tensor EncodeTexts(Tensor numbers) => Options.Second == SecondInput.Texts
        ? texts!.call(numbers)
        : throw new InvalidOperationException("The second tower of this model reads pictures.");

    /// <summary>Pixels as for <see cref="EncodeImages"/>, by the second tower of one modality twice, to n x d.</summary>
    /// <exception cref="InvalidOperationException">The second tower reads texts.</exception>
    public Tensor EncodeSecondPictures(Tensor pictures) => Options.Second == SecondInput.Pictures
        ? (texts ?? images).call(norms.IsOff ? (pictures + 1) / 2 : pictures)
        : throw new InvalidOperationException("The second tower of this model reads texts.");

    /// <summary>1/τ as a tensor of which the gradient is taken.</summary>
    internal Tensor Scale() => logScale.exp();

    /// <summary>The bias of the sigmoid loss, 0 where there is none.</summary>
    internal Tensor Bias() => pairBias ?? zeros(1);

    /// <summary>Sets τ, for a schedule.</summary>
    internal void SetTemperature(double temperature)
    {
        using (no_grad())
            logScale.fill_(-Math.Log(temperature));
    }

    /// <summary>Keeps a learned 1/τ in its bound after a step.</summary>
    internal void BoundTemperature()
    {
        if (!logScale.requires_grad)
            return;
        using (no_grad())
            logScale.clamp_max_(Math.Log(LargestScale));
    }

    /// <summary>Turns what the second tower gives: y' = W y.</summary>
    /// <param name="turn">W, d x d, row-major.</param>
    internal void TurnSecond(double[] turn)
    {
        using DisposeScope scope = NewDisposeScope();
        using (no_grad())
        {
            Tensor matrix = tensor(turn, [Options.Dimensions, Options.Dimensions]);
            foreach ((string name, Parameter parameter) in texts!.named_parameters())
                if (name.StartsWith("output.", StringComparison.Ordinal))
                    parameter.copy_(matrix.matmul(parameter.to(ScalarType.Float64)).to(ScalarType.Float32));
        }
    }

    /// <summary>Takes the weights of another model of the same architecture, its temperature and bias not among them.</summary>
    internal void TakeTowers(DualEncoder other)
    {
        CopyWeights(other.images, images);
        if (texts is not null)
            CopyWeights(other.texts!, texts);
    }

    private static Module<Tensor, Tensor> PictureTower(EncoderOptions options, NormalisationSwitch norms) =>
        options.ImageTower == ImageTowerKind.Convolutional ? new ConvolutionalTower(options, norms) : new VisionTransformerTower(options, norms);

    private static void CopyWeights(Module<Tensor, Tensor> from, Module<Tensor, Tensor> to)
    {
        Dictionary<string, Tensor> values = from.state_dict();
        using (no_grad())
            foreach ((string name, Tensor tensor) in to.state_dict())
                tensor.copy_(values[name]);
    }
}
