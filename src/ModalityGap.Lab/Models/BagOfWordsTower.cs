using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models;

/// <summary>The mean of the vectors of a text's numbers, then two layers.</summary>
internal sealed class BagOfWordsTower : Module<Tensor, Tensor>
{
    private readonly NormalisationSwitch norms;
    private readonly Embedding vectors;
    private readonly LayerNorm norm;
    private readonly Linear hidden, output;

    public BagOfWordsTower(EncoderOptions options, int vocabulary, NormalisationSwitch norms) : base(nameof(BagOfWordsTower))
    {
        this.norms = norms;
        int width = options.TokenWidth;
        vectors = Embedding(vocabulary, width, padding_idx: Vocabulary.Padding);
        norm = LayerNorm(width);
        hidden = Linear(width, 2 * width);
        output = Linear(2 * width, options.Dimensions);
        RegisterComponents();
    }

    /// <summary>n x length numbers to n x d.</summary>
    public override Tensor forward(Tensor numbers)
    {
        Tensor present = numbers.ne(Vocabulary.Padding).unsqueeze(-1).to(ScalarType.Float32);
        Tensor mean = (vectors.forward(numbers) * present).sum(1) / present.sum(1).clamp_min(1);
        return output.forward(functional.gelu(hidden.forward(norms.Apply(norm, mean))));
    }
}
