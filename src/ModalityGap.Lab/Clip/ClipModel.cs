using ModalityGap.Lab.Models;
using ModalityGap.Lab.Native;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Clip;

/// <summary>
/// A CLIP model: an image tower, a text tower and a scale (Radford et al., ICML 2021). Outputs are not set to norm 1. Its parts are named as in
/// the files of open_clip, with <c>text.</c> before those of the text tower.
/// </summary>
public sealed class ClipModel : Module
{
    private readonly NormalisationSwitch norms = new();

    [ComponentName(Name = "visual")]
    private readonly Module<Tensor, Tensor> images;

    [ComponentName(Name = "text")]
    private readonly ClipTextTransformer texts;

    [ComponentName(Name = "logit_scale")]
    private readonly Parameter logScale;

    private ClipModel(ClipArchitecture architecture) : base(nameof(ClipModel))
    {
        Architecture = architecture;
        images = architecture.Image.IsTransformer ? new ClipVisionTransformer(architecture, norms) : new ClipResNet(architecture, norms);
        texts = new ClipTextTransformer(architecture, norms);
        logScale = Parameter(tensor(0f));
        RegisterComponents();
        eval();
    }

    /// <summary>The architecture.</summary>
    public ClipArchitecture Architecture { get; }

    /// <summary>
    /// Whether the normalisation layers act; default yes. Without them the layers are the identity (Liang et al., NeurIPS 2022, supplementary
    /// Figure 15); pictures are then to be given without mean and deviation too, which the preprocessing can leave out.
    /// </summary>
    public bool Normalises
    {
        get => !norms.IsOff;
        set => norms.IsOff = !value;
    }

    /// <summary>1/τ, by which cosines are multiplied.</summary>
    public double LogitScale => Math.Exp(logScale.item<float>());

    /// <summary>Number of trained values.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>A model whose weights are still to be given; in evaluation mode.</summary>
    /// <exception cref="LibTorchException">libtorch cannot be loaded.</exception>
    internal static ClipModel Create(ClipArchitecture architecture)
    {
        LibTorch.Load();
        return new ClipModel(architecture);
    }

    /// <summary>n x 3 x side x side pixels to n x d.</summary>
    public Tensor EncodeImages(Tensor pictures) => Undisturbed.Run(() => images.call(pictures));

    /// <summary>n x length token numbers to n x d.</summary>
    public Tensor EncodeTexts(Tensor tokens) => Undisturbed.Run(() => texts.call(tokens));

    /// <summary>Cosines of images (n x d) and texts (m x d) times 1/τ: n x m.</summary>
    public Tensor Logits(Tensor imageFeatures, Tensor textFeatures)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = functional.normalize(imageFeatures, dim: 1).matmul(functional.normalize(textFeatures, dim: 1).t()) * logScale.exp();
        return logits.MoveToOuterDisposeScope();
    }
}
