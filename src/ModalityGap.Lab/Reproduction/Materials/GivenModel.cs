using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Clip.Checkpoints;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Lab.Clip.Pixels;
using ModalityGap.Lab.Clip.Runs;
using ModalityGap.Lab.Models.Published;
using ModalityGap.Lab.Reproduction.Networks;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Reproduction.Materials;

/// <summary>Weights that a user brought: a CLIP model with its two towers, or torchvision's ResNet-18.</summary>
internal sealed class GivenModel : IDisposable
{
    private const int Batch = 32;

    // What torchvision's weights were trained with.
    private static readonly float[] ImageNetMean = [0.485f, 0.456f, 0.406f], ImageNetDeviation = [0.229f, 0.224f, 0.225f];

    private readonly ClipPixels pixels;
    private readonly Func<IReadOnlyList<float[]>, float[]> encode;
    private readonly IDisposable model;

    private GivenModel(string name, int dimensions, ClipPixels pixels, IDisposable model, Func<IReadOnlyList<float[]>, float[]> encode)
    {
        (Name, Dimensions, this.pixels, this.model, this.encode) = (name, dimensions, pixels, model, encode);
    }

    /// <summary>The text tower; <c>null</c> where there is none.</summary>
    private Func<IReadOnlyList<string>, float[]>? EncodeTexts { get; init; }

    /// <summary>The name of its folder or file.</summary>
    public string Name { get; }

    /// <summary>d.</summary>
    public int Dimensions { get; }

    /// <summary>Opens a CLIP model, or a file of torchvision's ResNet-18, which its tensors tell.</summary>
    /// <exception cref="EmbeddingDataException">It is neither, or has no image tower.</exception>
    public static GivenModel Open(string path)
    {
        string name = NameOf(path);
        if (IsResNet18(path))
        {
            var network = PublishedModels.ResNet18(path);
            var usual = new ClipPixels { Side = 224, Mean = ImageNetMean, Deviation = ImageNetDeviation };
            return new GivenModel(name, network.Dimensions, usual, network, pictures => Encode(network, pictures, usual.Side));
        }
        var encoder = ClipEncoder.Open(path);
        if (encoder.Towers.Side > 0)
            return new GivenModel(name, encoder.Towers.Dimensions, encoder.Pixels, encoder, encoder.EncodeImages)
            {
                EncodeTexts = encoder.Towers.Context > 0 ? texts => encoder.EncodeTexts(texts).Rows : null,
            };
        encoder.Dispose();
        throw new EmbeddingDataException(path, "it has no image tower.", "Give a model that reads pictures.");
    }

    /// <summary>What a model is called in results: the name of its folder or file.</summary>
    public static string NameOf(string path) => Path.GetFileName(Path.GetFullPath(path).TrimEnd('/', '\\'));

    /// <summary>The rows of those pictures that can be decoded, n x d.</summary>
    public EmbeddingSet Embed(PictureList pictures, CancellationToken cancellation)
    {
        (float[] rows, List<string> ids, _) = PictureCone.Rows(pictures, pixels, encode, cancellation);
        return new EmbeddingSet(Modality.Image, rows, Dimensions, names: new RowNames { Ids = ids });
    }

    /// <summary>The rows of items for every tower that there is, by the id of the paper's architecture.</summary>
    public IReadOnlyList<(string Tower, EmbeddingSet Rows)> Embed(ItemInputs items, CancellationToken cancellation)
    {
        (string, EmbeddingSet) pictures = Rows(
            model is PublishedEncoder ? "resnet-18" : "vit", items, batch => encode([.. batch.Select(k => items.Picture(k, pixels))]), cancellation);
        return EncodeTexts is { } read
            ? [pictures, Rows("text", items, batch => read([.. batch.Select(k => items.Texts[k])]), cancellation)]
            : [pictures];
    }

    public void Dispose() => model.Dispose();

    private (string Tower, EmbeddingSet Rows) Rows(string tower, ItemInputs items, Func<int[], float[]> embed, CancellationToken cancellation)
    {
        List<float> rows = new(items.Count * Dimensions);
        foreach (int[] batch in Enumerable.Range(0, items.Count).Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            rows.AddRange(embed(batch));
        }
        return (tower, new EmbeddingSet(new Modality(tower), [.. rows], Dimensions));
    }

    private static bool IsResNet18(string path)
    {
        if (!File.Exists(path) || Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
            return false;
        using var catalog = TensorCatalog.Open(path);
        return catalog.Names.Contains("conv1.weight") && catalog.Names.Contains("layer1.0.conv1.weight");
    }

    private static float[] Encode(PublishedEncoder network, IReadOnlyList<float[]> pictures, int side)
    {
        using Tensor batch = tensor(pictures.SelectMany(picture => picture).ToArray(), [pictures.Count, 3, side, side]);
        return network.Encode(batch);
    }
}
