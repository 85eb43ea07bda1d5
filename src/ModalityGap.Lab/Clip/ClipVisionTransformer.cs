using ModalityGap.Lab.Models;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Clip;

/// <summary>A transformer over patches and a token of its own for the whole picture, which is projected into the shared space (Dosovitskiy et al., ICLR 2021).</summary>
internal sealed class ClipVisionTransformer : Module<Tensor, Tensor>
{
    private readonly NormalisationSwitch norms;

    [ComponentName(Name = "conv1")]
    private readonly Conv2d patches;

    [ComponentName(Name = "class_embedding")]
    private readonly Parameter whole;

    [ComponentName(Name = "positional_embedding")]
    private readonly Parameter places;

    [ComponentName(Name = "proj")]
    private readonly Parameter projection;

    [ComponentName(Name = "ln_pre")]
    private readonly LayerNorm before;

    [ComponentName(Name = "ln_post")]
    private readonly LayerNorm after;

    [ComponentName(Name = "transformer")]
    private readonly ClipTransformer transformer;

    public ClipVisionTransformer(ClipArchitecture architecture, NormalisationSwitch norms) : base(nameof(ClipVisionTransformer))
    {
        this.norms = norms;
        ClipImageArchitecture image = architecture.Image;
        int width = image.Width, patch = image.Patch!.Value, across = image.Side / patch;
        patches = Conv2d(3, width, patch, stride: patch, bias: false);
        whole = Parameter(empty(width));
        places = Parameter(empty(1 + across * across, width));
        before = LayerNorm(width, architecture.NormEpsilon);
        transformer = new ClipTransformer(
            image.Depth, () => new ClipBlock(width, image.Hidden, image.Heads, causal: false, architecture, norms));
        after = LayerNorm(width, architecture.NormEpsilon);
        projection = Parameter(empty(width, architecture.Dimensions));
        RegisterComponents();
    }

    /// <summary>n x 3 x side x side to n x d.</summary>
    public override Tensor forward(Tensor pictures)
    {
        using DisposeScope scope = NewDisposeScope();
        return Features(pictures).matmul(projection).MoveToOuterDisposeScope();
    }

    /// <summary>n x 3 x side x side to n x width: what is projected.</summary>
    public Tensor Features(Tensor pictures)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor cells = patches.call(pictures).flatten(2).transpose(1, 2);
        Tensor first = whole.expand(cells.shape[0], 1, cells.shape[2]);
        Tensor tokens = transformer.call(norms.Apply(before, cat([first, cells], 1) + places));
        return norms.Apply(after, tokens.select(1, 0)).MoveToOuterDisposeScope();
    }
}
