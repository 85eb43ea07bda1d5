using ModalityGap.Lab.Models;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Clip;

/// <summary>Attention and two layers, each after a layer normalisation and beside a shortcut.</summary>
internal sealed class ClipBlock : Module<Tensor, Tensor>
{
    private readonly NormalisationSwitch norms;

    [ComponentName(Name = "attn")]
    private readonly ClipAttention attention;

    [ComponentName(Name = "mlp")]
    private readonly ClipFeedForward layers;

    [ComponentName(Name = "ln_1")]
    private readonly LayerNorm attentionNorm;

    [ComponentName(Name = "ln_2")]
    private readonly LayerNorm layersNorm;

    public ClipBlock(int width, int hidden, int heads, bool causal, ClipArchitecture architecture, NormalisationSwitch norms) : base(nameof(ClipBlock))
    {
        this.norms = norms;
        attention = new ClipAttention(width, heads, causal);
        attentionNorm = LayerNorm(width, architecture.NormEpsilon);
        layers = new ClipFeedForward(width, hidden, architecture.Activation);
        layersNorm = LayerNorm(width, architecture.NormEpsilon);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor attended = tokens + attention.call(norms.Apply(attentionNorm, tokens));
        return (attended + layers.call(norms.Apply(layersNorm, attended))).MoveToOuterDisposeScope();
    }
}
