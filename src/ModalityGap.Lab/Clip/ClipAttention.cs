using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Clip;

/// <summary>Attention of several heads among tokens; queries, keys and values come from one matrix, as CLIP's files have it.</summary>
internal sealed class ClipAttention : Module<Tensor, Tensor>
{
    private readonly int heads;
    private readonly bool causal;

    [ComponentName(Name = "in_proj_weight")]
    private readonly Parameter inputWeight;

    [ComponentName(Name = "in_proj_bias")]
    private readonly Parameter inputBias;

    [ComponentName(Name = "out_proj")]
    private readonly Linear output;

    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Heads, which share the width.</param>
    /// <param name="causal">Whether a token sees only those before it and itself.</param>
    public ClipAttention(int width, int heads, bool causal) : base(nameof(ClipAttention))
    {
        (this.heads, this.causal) = (heads, causal);
        inputWeight = Parameter(empty(3 * width, width));
        inputBias = Parameter(empty(3 * width));
        output = Linear(width, width);
        RegisterComponents();
    }

    /// <summary>n x length x width to the same.</summary>
    public override Tensor forward(Tensor tokens)
    {
        long rows = tokens.shape[0], length = tokens.shape[1], width = tokens.shape[2];
        Tensor[] parts = functional.linear(tokens, inputWeight, inputBias)
            .view(rows, length, 3, heads, width / heads).permute(2, 0, 3, 1, 4).unbind();
        Tensor attended = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: causal);
        return output.call(attended.transpose(1, 2).reshape(rows, length, width));
    }
}
