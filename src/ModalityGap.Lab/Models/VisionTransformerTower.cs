using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models;

/// <summary>A transformer over patches of 4 x 4 pixels with learned places (Dosovitskiy et al., ICLR 2021), the mean of its tokens, one linear layer.</summary>
internal sealed class VisionTransformerTower : Module<Tensor, Tensor>
{
    private const int Patch = 4;

    private readonly NormalisationSwitch norms;
    private readonly Conv2d patches;
    private readonly Parameter places;
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Linear output;

    public VisionTransformerTower(EncoderOptions options, NormalisationSwitch norms) : base(nameof(VisionTransformerTower))
    {
        this.norms = norms;
        int width = options.TokenWidth, across = options.Side / Patch;
        patches = Conv2d(3, width, Patch, stride: Patch);
        places = Parameter(zeros(1, across * across, width));
        blocks = ModuleList([.. Enumerable.Range(0, options.Depth).Select(_ => new TransformerBlock(width, options.Heads, norms))]);
        norm = LayerNorm(width);
        output = Linear(width, options.Dimensions);
        RegisterComponents();
    }

    /// <summary>What a tower for texts can share.</summary>
    public Trunk Trunk => new(blocks, norm, output);

    /// <summary>n x 3 x side x side to n x d.</summary>
    public override Tensor forward(Tensor pictures)
    {
        Tensor tokens = patches.forward(pictures).flatten(2).transpose(1, 2) + places;
        foreach (TransformerBlock block in blocks)
            tokens = block.forward(tokens, null);
        return output.forward(norms.Apply(norm, tokens).mean([1]));
    }
}
