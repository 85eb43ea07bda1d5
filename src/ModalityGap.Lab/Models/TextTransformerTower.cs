using ModalityGap.Lab.Tensors;
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
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Linear output;

    public TextTransformerTower(EncoderOptions options, int vocabulary, NormalisationSwitch norms) : base(nameof(TextTransformerTower))
    {
        this.norms = norms;
        int width = options.TokenWidth;
        vectors = Embedding(vocabulary, width, padding_idx: Vocabulary.Padding);
        places = Parameter(zeros(1, TextReader.LongestSentence, width));
        blocks = ModuleList([.. Enumerable.Range(0, options.Depth).Select(_ => new TransformerBlock(width, options.Heads, norms))]);
        norm = LayerNorm(width);
        output = Linear(width, options.Dimensions);
        RegisterComponents();
    }

    /// <summary>n x length numbers to n x d.</summary>
    public override Tensor forward(Tensor numbers)
    {
        Tensor present = numbers.ne(Scalars.Zero);
        Tensor mask = present.unsqueeze(1).unsqueeze(1);
        Tensor tokens = vectors.forward(numbers) + places.narrow(1, 0, numbers.shape[1]);
        foreach (TransformerBlock block in blocks)
            tokens = block.forward(tokens, mask);
        Tensor weights = present.unsqueeze(-1).to(ScalarType.Float32);
        return output.forward((norms.Apply(norm, tokens) * weights).sum(1) / weights.sum(1).clamp_min(Scalars.One));
    }
}
