using ModalityGap.Embeddings;
using ModalityGap.Lab.Models.Published;
using ModalityGap.Statistics;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Reproduction.Networks;

/// <summary>One of the three architectures of the paper's Figure 2, and inputs for it.</summary>
/// <param name="Id">As in the claims' ids.</param>
/// <param name="Name">In words.</param>
/// <param name="Create">Makes one with random weights.</param>
/// <param name="ReadsTexts">Whether its inputs are tokens, not pixels.</param>
internal sealed record PublishedTower(string Id, string Name, Func<RandomStream, PublishedEncoder> Create, bool ReadsTexts)
{
    private const int Batch = 16;

    public static IReadOnlyList<PublishedTower> All { get; } =
    [
        new("resnet-18", "ResNet-18", PublishedModels.ResNet18, false),
        new("vit", "Vision Transformer", PublishedModels.VitB32, false),
        new("text", "text transformer", PublishedModels.TextTransformer, true),
    ];

    /// <summary>The outputs for noise, as the paper makes it: n x d.</summary>
    public EmbeddingSet OfNoise(PublishedEncoder encoder, RandomStream random, int count, CancellationToken cancellation) => Encode(
        encoder,
        count,
        (first, size) => ReadsTexts ? NoiseInputs.Tokens(random.Fork("batch", first), size) : NoiseInputs.Pictures(random.Fork("batch", first), size),
        cancellation);

    /// <summary>The outputs for the pictures of items, or for their texts.</summary>
    public EmbeddingSet OfItems(PublishedEncoder encoder, ItemInputs items, CancellationToken cancellation) => Encode(
        encoder, items.Count, (first, size) => ReadsTexts ? items.Tokens(first, size) : items.Pixels(first, size), cancellation);

    private EmbeddingSet Encode(PublishedEncoder encoder, int count, Func<int, int, Tensor> inputs, CancellationToken cancellation)
    {
        List<float> rows = new(count * encoder.Dimensions);
        for (int first = 0; first < count; first += Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            using Tensor batch = inputs(first, Math.Min(Batch, count - first));
            rows.AddRange(encoder.Encode(batch));
        }
        return new EmbeddingSet(new Modality(Id), [.. rows], encoder.Dimensions);
    }
}
