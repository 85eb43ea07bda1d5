using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models.Published;

/// <summary>Two 3 x 3 convolutions beside a shortcut, of ResNet-18 and 34.</summary>
internal sealed class BasicBlock : Module<Tensor, Tensor>
{
    private readonly NormalisationSwitch norms;

    [ComponentName(Name = "conv1")]
    private readonly Conv2d first;

    [ComponentName(Name = "conv2")]
    private readonly Conv2d second;

    [ComponentName(Name = "bn1")]
    private readonly BatchNorm2d firstNorm;

    [ComponentName(Name = "bn2")]
    private readonly BatchNorm2d secondNorm;

    [ComponentName(Name = "downsample")]
    private readonly ProjectedShortcut? shortcut;

    public BasicBlock(int channels, int wider, int stride, NormalisationSwitch norms) : base(nameof(BasicBlock))
    {
        this.norms = norms;
        first = Conv2d(channels, wider, 3L, stride: stride, padding: 1L, bias: false);
        firstNorm = BatchNorm2d(wider);
        second = Conv2d(wider, wider, 3L, padding: 1L, bias: false);
        secondNorm = BatchNorm2d(wider);
        if (stride > 1 || channels != wider)
            shortcut = new ProjectedShortcut(channels, wider, stride, norms);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor inner = functional.relu(norms.Apply(firstNorm, first.call(input)));
        Tensor main = norms.Apply(secondNorm, second.call(inner));
        return functional.relu(main + (shortcut?.call(input) ?? input)).MoveToOuterDisposeScope();
    }
}
