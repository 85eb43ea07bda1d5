using ModalityGap.Lab.Models;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Clip;

/// <summary>Three convolutions beside a shortcut (He et al., CVPR 2016); where the resolution falls, it falls by a mean before a convolution of stride 1.</summary>
internal sealed class ClipBottleneck : Module<Tensor, Tensor>
{
    /// <summary>Output channels per channel inside.</summary>
    public const int Expansion = 4;

    private readonly NormalisationSwitch norms;
    private readonly int stride;

    [ComponentName(Name = "conv1")]
    private readonly Conv2d narrow;

    [ComponentName(Name = "conv2")]
    private readonly Conv2d inner;

    [ComponentName(Name = "conv3")]
    private readonly Conv2d widen;

    [ComponentName(Name = "bn1")]
    private readonly BatchNorm2d narrowNorm;

    [ComponentName(Name = "bn2")]
    private readonly BatchNorm2d innerNorm;

    [ComponentName(Name = "bn3")]
    private readonly BatchNorm2d widenNorm;

    [ComponentName(Name = "downsample")]
    private readonly ClipShortcut? shortcut;

    public ClipBottleneck(int channels, int width, int stride, NormalisationSwitch norms) : base(nameof(ClipBottleneck))
    {
        (this.norms, this.stride) = (norms, stride);
        narrow = Conv2d(channels, width, 1L, bias: false);
        narrowNorm = BatchNorm2d(width);
        inner = Conv2d(width, width, 3L, padding: 1L, bias: false);
        innerNorm = BatchNorm2d(width);
        widen = Conv2d(width, Expansion * width, 1L, bias: false);
        widenNorm = BatchNorm2d(Expansion * width);
        if (stride > 1 || channels != Expansion * width)
            shortcut = new ClipShortcut(channels, Expansion * width, stride, norms);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor middle = functional.relu(norms.Apply(narrowNorm, narrow.call(input)));
        middle = functional.relu(norms.Apply(innerNorm, inner.call(middle)));
        if (stride > 1)
            middle = functional.avg_pool2d(middle, stride);
        Tensor main = norms.Apply(widenNorm, widen.call(middle));
        return functional.relu(main + (shortcut?.call(input) ?? input)).MoveToOuterDisposeScope();
    }
}
