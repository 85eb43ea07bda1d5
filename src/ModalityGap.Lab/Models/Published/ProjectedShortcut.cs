using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models.Published;

/// <summary>Brings a block's input to the size of its output by a 1 x 1 convolution that steps.</summary>
internal sealed class ProjectedShortcut : Module<Tensor, Tensor>
{
    private readonly NormalisationSwitch norms;

    [ComponentName(Name = "0")]
    private readonly Conv2d convolution;

    [ComponentName(Name = "1")]
    private readonly BatchNorm2d norm;

    public ProjectedShortcut(int channels, int wider, int stride, NormalisationSwitch norms) : base(nameof(ProjectedShortcut))
    {
        this.norms = norms;
        convolution = Conv2d(channels, wider, 1L, stride: stride, bias: false);
        norm = BatchNorm2d(wider);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => norms.Apply(norm, convolution.call(input));
}
