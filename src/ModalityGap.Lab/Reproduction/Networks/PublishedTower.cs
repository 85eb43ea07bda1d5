using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
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
    private const int Side = 224, Batch = 16, Length = 77, FirstToken = 1, StartToken = 49406, EndToken = 49407;

    // CLIP's statistics of pixels.
    private static readonly float[] Means = [0.48145466f, 0.4578275f, 0.40821073f], Deviations = [0.26862954f, 0.26130258f, 0.27577711f];

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

    /// <summary>The outputs for generated pictures of coloured shapes, or for their captions.</summary>
    public EmbeddingSet OfShapes(PublishedEncoder encoder, ShapeInputs shapes, CancellationToken cancellation) => Encode(
        encoder, shapes.Count, (first, size) => ReadsTexts ? shapes.Tokens(first, size) : shapes.Pixels(first, size), cancellation);

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

    /// <summary>
    /// Scenes of one coloured shape each with their captions, drawn by this program: pictures of 224 x 224 with CLIP's statistics of pixels, and captions of
    /// which each word is a token, numbered by its first use, between CLIP's marks of start and end.
    /// </summary>
    internal sealed class ShapeInputs
    {
        private readonly ImageTextSet set;
        private readonly int[] shown;
        private readonly Dictionary<string, int> words = [];

        public ShapeInputs(int count, RandomStream random, CancellationToken cancellation)
        {
            set = DataSource.Open(DataSource.ShapesName, new DataOptions { Side = Side }, null, cancellation).Set;
            shown = [.. random.NextPermutation(set.Items.Count).Take(count).Order()];
            foreach (string word in shown.SelectMany(Words))
                words.TryAdd(word, FirstToken + words.Count);
        }

        public int Count => shown.Length;

        public Tensor Pixels(int first, int size)
        {
            const int plane = Side * Side;
            var values = new float[size * ImageTextSet.Channels * plane];
            for (int k = 0; k < size; k++)
            {
                byte[] picture = set.Pixels[Enumerable.Range(0, set.Images.Count).First(image => set.Images[image].Item == shown[first + k])];
                for (int i = 0; i < picture.Length; i++)
                    values[k * picture.Length + i] = (picture[i] / 255f - Means[i / plane]) / Deviations[i / plane];
            }
            return tensor(values, [size, ImageTextSet.Channels, Side, Side]);
        }

        public Tensor Tokens(int first, int size)
        {
            var numbers = new long[size * Length];
            for (int k = 0; k < size; k++)
            {
                long[] text = [StartToken, .. Words(shown[first + k]).Take(Length - 2).Select(word => (long)words[word]), EndToken];
                text.CopyTo(numbers, k * Length);
            }
            return tensor(numbers, [size, Length]);
        }

        private string[] Words(int item) => set.Items[item].Texts[0].ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
