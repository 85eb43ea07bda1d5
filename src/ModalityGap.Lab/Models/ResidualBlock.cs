using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models;

/// <summary>Two 3 x 3 convolutions with batch normalisation beside a shortcut (He et al., CVPR 2016), at half the resolution.</summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private readonly NormalisationSwitch norms;
    private readonly Conv2d first, second, shortcut;
    private readonly BatchNorm2d firstNorm, secondNorm, shortcutNorm;

    public ResidualBlock(int channels, int wider, NormalisationSwitch norms) : base(nameof(ResidualBlock))
    {
        this.norms = norms;
        first = Conv2d(channels, wider, 3L, stride: 2L, padding: 1L, bias: false);
        firstNorm = BatchNorm2d(wider);
        second = Conv2d(wider, wider, 3L, stride: 1L, padding: 1L, bias: false);
        secondNorm = BatchNorm2d(wider);
        shortcut = Conv2d(channels, wider, 1L, stride: 2L, bias: false);
        shortcutNorm = BatchNorm2d(wider);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor inner = functional.relu(norms.Apply(firstNorm, first.forward(input)));
        Tensor main = norms.Apply(secondNorm, second.forward(inner));
        Tensor aside = norms.Apply(shortcutNorm, shortcut.forward(input));
        return functional.relu(main + aside);
    }
}
