using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models.Published;

/// <summary>ResNet-18 (He et al., CVPR 2016) without its last layer, its parts named as in torchvision: 512 features, the mean over all places.</summary>
internal sealed class ResNet18 : Module<Tensor, Tensor>
{
    public const int Features = 512;

    private readonly NormalisationSwitch norms;

    [ComponentName(Name = "conv1")]
    private readonly Conv2d stem;

    [ComponentName(Name = "bn1")]
    private readonly BatchNorm2d stemNorm;

    private readonly ModuleList<BasicBlock>[] stages;

    public ResNet18(NormalisationSwitch norms) : base(nameof(ResNet18))
    {
        this.norms = norms;
        const int width = 64;
        stem = Conv2d(3, width, 7L, stride: 2L, padding: 3L, bias: false);
        stemNorm = BatchNorm2d(width);
        stages = [.. Enumerable.Range(0, 4).Select(stage => ModuleList(
            new BasicBlock(stage == 0 ? width : width << (stage - 1), width << stage, stage == 0 ? 1 : 2, norms),
            new BasicBlock(width << stage, width << stage, 1, norms)))];
        for (int stage = 0; stage < stages.Length; stage++)
            register_module($"layer{stage + 1}", stages[stage]);
        RegisterComponents();
    }

    /// <summary>The starting law of torchvision: N(0, 2/outputs) for convolutions (He et al., ICCV 2015, by outputs), normalisation as the identity.</summary>
    public static StartingLaw LawOf(string name, Parameter parameter) => parameter.dim() == 4
        ? StartingLaw.Normal(Math.Sqrt(2.0 / (parameter.shape[0] * parameter.shape[2] * parameter.shape[3])))
        : StartingLaw.Constant(name.EndsWith("bias", StringComparison.Ordinal) ? 0 : 1);

    /// <summary>n x 3 x height x width to n x 512.</summary>
    public override Tensor forward(Tensor pictures)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor features = functional.relu(norms.Apply(stemNorm, stem.call(pictures)));
        features = functional.max_pool2d(features, 3, stride: 2, padding: 1);
        foreach (ModuleList<BasicBlock> stage in stages)
            foreach (BasicBlock block in stage)
                features = block.call(features);
        return features.mean([2, 3]).MoveToOuterDisposeScope();
    }
}
