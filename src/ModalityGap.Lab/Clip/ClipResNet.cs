using ModalityGap.Lab.Models;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Clip;

/// <summary>CLIP's ResNet: a stem of three convolutions, means instead of strides, attention instead of the last mean.</summary>
internal sealed class ClipResNet : Module<Tensor, Tensor>
{
    /// <summary>By how much the resolution falls from the picture to the last stage.</summary>
    public const int Reduction = 32;

    private readonly NormalisationSwitch norms;
    private readonly Conv2d[] stem;
    private readonly BatchNorm2d[] stemNorms;
    private readonly ModuleList<ClipBottleneck>[] stages;

    [ComponentName(Name = "attnpool")]
    private readonly ClipAttentionPool pool;

    public ClipResNet(ClipArchitecture architecture, NormalisationSwitch norms) : base(nameof(ClipResNet))
    {
        this.norms = norms;
        ClipImageArchitecture image = architecture.Image;
        int width = image.Width;
        stem = [Stem(3, width / 2, 2), Stem(width / 2, width / 2, 1), Stem(width / 2, width, 1)];
        stemNorms = [BatchNorm2d(width / 2), BatchNorm2d(width / 2), BatchNorm2d(width)];
        for (int i = 0; i < stem.Length; i++)
        {
            register_module($"conv{i + 1}", stem[i]);
            register_module($"bn{i + 1}", stemNorms[i]);
        }
        stages = [.. image.Stages.Select((blocks, stage) => Stage(width, blocks, stage))];
        for (int stage = 0; stage < stages.Length; stage++)
            register_module($"layer{stage + 1}", stages[stage]);
        pool = new ClipAttentionPool(
            image.Side / Reduction, Reduction * width, image.Heads, architecture.Dimensions);
        RegisterComponents();
    }

    /// <summary>n x 3 x side x side to n x d.</summary>
    public override Tensor forward(Tensor pictures)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor features = pictures;
        for (int i = 0; i < stem.Length; i++)
            features = functional.relu(norms.Apply(stemNorms[i], stem[i].call(features)));
        features = functional.avg_pool2d(features, 2);
        foreach (ModuleList<ClipBottleneck> stage in stages)
            foreach (ClipBottleneck block in stage)
                features = block.call(features);
        return pool.call(features).MoveToOuterDisposeScope();
    }

    private static Conv2d Stem(int from, int to, int stride) => Conv2d(from, to, 3L, stride: stride, padding: 1L, bias: false);

    private ModuleList<ClipBottleneck> Stage(int width, int blocks, int stage)
    {
        int inside = width << stage, outside = inside * ClipBottleneck.Expansion;
        int before = stage == 0 ? width : outside / 2;
        return ModuleList([.. Enumerable.Range(0, blocks).Select(block => new ClipBottleneck(
            block == 0 ? before : outside, inside, block == 0 && stage > 0 ? 2 : 1, norms))]);
    }
}
