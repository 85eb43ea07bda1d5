using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Clip;

/// <summary>One round of attention in which the mean of all places asks and the mean and all places answer.</summary>
internal sealed class ClipAttentionPool : Module<Tensor, Tensor>
{
    private readonly int heads;

    [ComponentName(Name = "positional_embedding")]
    private readonly Parameter places;

    [ComponentName(Name = "q_proj")]
    private readonly Linear query;

    [ComponentName(Name = "k_proj")]
    private readonly Linear key;

    [ComponentName(Name = "v_proj")]
    private readonly Linear value;

    [ComponentName(Name = "c_proj")]
    private readonly Linear output;

    public ClipAttentionPool(int across, int channels, int heads, int dimensions) : base(nameof(ClipAttentionPool))
    {
        this.heads = heads;
        places = Parameter(empty(across * across + 1, channels));
        key = Linear(channels, channels);
        query = Linear(channels, channels);
        value = Linear(channels, channels);
        output = Linear(channels, dimensions);
        RegisterComponents();
    }

    /// <summary>n x channels x across x across to n x d.</summary>
    public override Tensor forward(Tensor features)
    {
        Tensor cells = features.flatten(2).transpose(1, 2);
        Tensor tokens = cat([cells.mean([1], keepdim: true), cells], 1) + places;
        Tensor attended = functional.scaled_dot_product_attention(
            Heads(query.call(tokens.narrow(1, 0, 1))), Heads(key.call(tokens)), Heads(value.call(tokens)));
        return output.call(attended.transpose(1, 2).flatten(1));
    }

    private Tensor Heads(Tensor tokens) => tokens.view(tokens.shape[0], tokens.shape[1], heads, -1).transpose(1, 2);
}
