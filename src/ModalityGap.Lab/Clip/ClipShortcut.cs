using ModalityGap.Lab.Models;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Clip;

/// <summary>Brings a block's input to the size of its output: a mean over places, then a 1 x 1 convolution.</summary>
internal sealed class ClipShortcut : Module<Tensor, Tensor>
{
    private readonly NormalisationSwitch norms;
    private readonly int stride;

    [ComponentName(Name = "0")]
    private readonly Conv2d convolution;

    [ComponentName(Name = "1")]
    private readonly BatchNorm2d norm;

    public ClipShortcut(int channels, int wider, int stride, NormalisationSwitch norms) : base(nameof(ClipShortcut))
    {
        (this.norms, this.stride) = (norms, stride);
        convolution = Conv2d(channels, wider, 1L, bias: false);
        norm = BatchNorm2d(wider);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) =>
        norms.Apply(norm, convolution.call(stride > 1 ? functional.avg_pool2d(input, stride) : input));
}
