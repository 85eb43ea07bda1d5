using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models;

/// <summary>Attention and two layers, each after a layer normalisation and beside a shortcut (Vaswani et al., 2017; pre-norm).</summary>
internal sealed class TransformerBlock : Module<Tensor, Tensor?, Tensor>
{
    private readonly int heads;
    private readonly NormalisationSwitch norms;
    private readonly LayerNorm attentionNorm, layersNorm;
    private readonly Linear queryKeyValue, attentionOutput, expand, contract;

    public TransformerBlock(int width, int heads, NormalisationSwitch norms) : base(nameof(TransformerBlock))
    {
        (this.heads, this.norms) = (heads, norms);
        attentionNorm = LayerNorm(width);
        queryKeyValue = Linear(width, 3 * width);
        attentionOutput = Linear(width, width);
        layersNorm = LayerNorm(width);
        expand = Linear(width, 4 * width);
        contract = Linear(4 * width, width);
        RegisterComponents();
    }

    /// <param name="tokens">n x length x width.</param>
    /// <param name="mask">n x 1 x 1 x length, true where a token may be looked at; <c>null</c> where all may.</param>
    public override Tensor forward(Tensor tokens, Tensor? mask)
    {
        Tensor attended = tokens + attentionOutput.forward(Attend(norms.Apply(attentionNorm, tokens), mask));
        return attended + contract.forward(functional.gelu(expand.forward(norms.Apply(layersNorm, attended))));
    }

    private Tensor Attend(Tensor tokens, Tensor? mask)
    {
        long rows = tokens.shape[0], length = tokens.shape[1], width = tokens.shape[2];
        Tensor[] parts = queryKeyValue.forward(tokens).view(rows, length, 3, heads, width / heads).permute(2, 0, 3, 1, 4).unbind();
        return functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], mask)
            .transpose(1, 2).reshape(rows, length, width);
    }
}
