using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models;

/// <summary>A transformer over words with learned places, the mean of its tokens, one linear layer.</summary>
internal sealed class TextTransformerTower : Module<Tensor, Tensor>
{
    private readonly NormalisationSwitch norms;
    private readonly Embedding vectors;
    private readonly Parameter places;
    private readonly Trunk trunk;

    // Its own trunk, registered as its parts; null where another tower owns the trunk, and lists its parameters.
    private readonly ModuleList<TransformerBlock>? blocks;
    private readonly LayerNorm? norm;
    private readonly Linear? output;

    /// <param name="options">The architecture.</param>
    /// <param name="vocabulary">How many numbers there are for words.</param>
    /// <param name="norms">Whether anything is normalised.</param>
    /// <param name="shared">Another tower's trunk to use in place of an own one.</param>
    public TextTransformerTower(EncoderOptions options, int vocabulary, NormalisationSwitch norms, Trunk? shared = null) : base(nameof(TextTransformerTower))
    {
        this.norms = norms;
        int width = options.TokenWidth;
        vectors = Embedding(vocabulary, width, padding_idx: Vocabulary.Padding);
        places = Parameter(zeros(1, TextReader.LongestSentence, width));
        trunk = shared ?? new Trunk(
            ModuleList([.. Enumerable.Range(0, options.Depth).Select(_ => new TransformerBlock(width, options.Heads, norms))]), LayerNorm(width), Linear(width, options.Dimensions));
        if (shared is null)
            (blocks, norm, output) = (trunk.Blocks, trunk.Norm, trunk.Output);
        RegisterComponents();
    }

    /// <summary>n x length numbers to n x d.</summary>
    public override Tensor forward(Tensor numbers)
    {
        Tensor present = numbers.ne(Vocabulary.Padding);
        Tensor mask = present.unsqueeze(1).unsqueeze(1);
        Tensor tokens = vectors.forward(numbers) + places.narrow(1, 0, numbers.shape[1]);
        foreach (TransformerBlock block in trunk.Blocks)
            tokens = block.forward(tokens, mask);
        Tensor weights = present.unsqueeze(-1).to(ScalarType.Float32);
        return trunk.Output.forward((norms.Apply(trunk.Norm, tokens) * weights).sum(1) / weights.sum(1).clamp_min(1));
    }
}
