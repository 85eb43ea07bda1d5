using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models;

/// <summary>A residual network: a 3 x 3 convolution, three blocks that halve the resolution, the mean over all places, one linear layer.</summary>
internal sealed class ConvolutionalTower : Module<Tensor, Tensor>
{
    private readonly Conv2d stem;
    private readonly BatchNorm2d stemNorm;
    private readonly ModuleList<ResidualBlock> blocks;
    private readonly Linear output;

    public ConvolutionalTower(EncoderOptions options) : base(nameof(ConvolutionalTower))
    {
        int width = options.Width;
        stem = Conv2d(3, width, 3L, stride: 2L, padding: 1L, bias: false);
        stemNorm = BatchNorm2d(width);
        blocks = ModuleList(
            new ResidualBlock(width, 2 * width), new ResidualBlock(2 * width, 4 * width), new ResidualBlock(4 * width, 8 * width));
        output = Linear(8 * width, options.Dimensions);
        RegisterComponents();
    }

    /// <summary>n x 3 x side x side to n x d.</summary>
    public override Tensor forward(Tensor pictures)
    {
        Tensor features = functional.relu(stemNorm.forward(stem.forward(pictures)));
        foreach (ResidualBlock block in blocks)
            features = block.forward(features);
        return output.forward(features.mean([2, 3]));
    }
}
