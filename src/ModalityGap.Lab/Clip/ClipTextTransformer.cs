using ModalityGap.Lab.Models;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Clip;

/// <summary>
/// A transformer over tokens in which each sees only those before it; what it says at the text's end is projected into the shared space. The end
/// is the first place of the largest number, as the mark of the end has the largest one.
/// </summary>
internal sealed class ClipTextTransformer : Module<Tensor, Tensor>
{
    private readonly NormalisationSwitch norms;

    [ComponentName(Name = "token_embedding")]
    private readonly Embedding vectors;

    [ComponentName(Name = "positional_embedding")]
    private readonly Parameter places;

    [ComponentName(Name = "text_projection")]
    private readonly Parameter projection;

    [ComponentName(Name = "transformer")]
    private readonly ClipTransformer transformer;

    [ComponentName(Name = "ln_final")]
    private readonly LayerNorm after;

    public ClipTextTransformer(ClipArchitecture architecture, NormalisationSwitch norms) : base(nameof(ClipTextTransformer))
    {
        this.norms = norms;
        ClipTextArchitecture text = architecture.Text;
        transformer = new ClipTransformer(
            text.Depth, () => new ClipBlock(text.Width, text.Hidden, text.Heads, causal: true, architecture, norms));
        vectors = Embedding(text.Vocabulary, text.Width);
        places = Parameter(empty(text.Context, text.Width));
        after = LayerNorm(text.Width, architecture.NormEpsilon);
        projection = Parameter(empty(text.Width, architecture.Dimensions));
        RegisterComponents();
    }

    /// <summary>n x length token numbers, length at most the context, to n x d.</summary>
    public override Tensor forward(Tensor tokens)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor states = transformer.call(vectors.call(tokens) + places.narrow(0, 0, tokens.shape[1]));
        Tensor ends = tokens.argmax(1).view(-1, 1, 1).expand(-1, 1, states.shape[2]);
        return norms.Apply(after, states.gather(1, ends).squeeze(1)).matmul(projection).MoveToOuterDisposeScope();
    }
}
