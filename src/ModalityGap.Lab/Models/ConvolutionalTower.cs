using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models;

/// <summary>A residual network: a 3 x 3 convolution, three blocks that halve the resolution, the mean over all places, one linear layer.</summary>
internal sealed class ConvolutionalTower : Module<Tensor, Tensor>
{
    private readonly NormalisationSwitch norms;
    private readonly Conv2d stem;
    private readonly BatchNorm2d stemNorm;
    private readonly ModuleList<ResidualBlock> blocks;
    private readonly Linear output;

    public ConvolutionalTower(EncoderOptions options, NormalisationSwitch norms) : base(nameof(ConvolutionalTower))
    {
        this.norms = norms;
        int width = options.Width;
        stem = Conv2d(3, width, 3L, stride: 2L, padding: 1L, bias: false);
        stemNorm = BatchNorm2d(width);
        blocks = ModuleList(
            new ResidualBlock(width, 2 * width, norms), new ResidualBlock(2 * width, 4 * width, norms), new ResidualBlock(4 * width, 8 * width, norms));
        output = Linear(8 * width, options.Dimensions);
        RegisterComponents();
    }

    /// <summary>n x 3 x side x side to n x d.</summary>
    public override Tensor forward(Tensor pictures)
    {
        Tensor features = functional.relu(norms.Apply(stemNorm, stem.forward(pictures)));
        foreach (ResidualBlock block in blocks)
            features = block.forward(features);
        return output.forward(features.mean([2, 3]));
    }
}
