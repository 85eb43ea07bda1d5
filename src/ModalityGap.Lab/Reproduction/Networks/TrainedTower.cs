using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip.Checkpoints;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Lab.Clip.Pixels;
using ModalityGap.Lab.Models.Published;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Reproduction.Networks;

/// <summary>The paper's architectures with trained weights that the user brings: torchvision's ResNet-18, and the two towers of a CLIP model.</summary>
internal static class TrainedTower
{
    private const int Batch = 32;

    // ImageNet's statistics, with which torchvision's weights were trained.
    private static readonly ClipPixels ImageNet = new() { Side = 224, Mean = [0.485f, 0.456f, 0.406f], Deviation = [0.229f, 0.224f, 0.225f] };

    /// <summary>The outputs for the items of every tower that the model has, by the id of the architecture.</summary>
    /// <exception cref="EmbeddingDataException">It is neither.</exception>
    public static IReadOnlyList<(string Tower, EmbeddingSet Rows)> Outputs(string model, ItemInputs items, CancellationToken cancellation)
    {
        if (IsResNet18(model))
        {
            using PublishedEncoder encoder = PublishedModels.ResNet18(model);
            return [("resnet-18", Rows("resnet-18", items, encoder.Dimensions, batch => Encode(encoder, batch, items), cancellation))];
        }
        using var clip = ClipEncoder.Open(model);
        return
        [
            ("vit", Rows("vit", items, clip.Towers.Dimensions, batch => clip.EncodeImages([.. batch.Select(k => items.Picture(k, clip.Pixels))]), cancellation)),
            ("text", Rows("text", items, clip.Towers.Dimensions, batch => clip.EncodeTexts([.. batch.Select(k => items.Texts[k])]).Rows, cancellation)),
        ];
    }

    private static float[] Encode(PublishedEncoder encoder, int[] batch, ItemInputs items)
    {
        using Tensor pictures = tensor(
            [.. batch.SelectMany(k => items.Picture(k, ImageNet))], [batch.Length, 3, ImageNet.Side, ImageNet.Side]);
        return encoder.Encode(pictures);
    }

    private static EmbeddingSet Rows(string name, ItemInputs items, int dimensions, Func<int[], float[]> encode, CancellationToken cancellation)
    {
        List<float> rows = new(items.Count * dimensions);
        foreach (int[] batch in Enumerable.Range(0, items.Count).Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            rows.AddRange(encode(batch));
        }
        return new EmbeddingSet(new Modality(name), [.. rows], dimensions);
    }

    private static bool IsResNet18(string model)
    {
        if (!File.Exists(model) || Path.GetExtension(model).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
            return false;
        using var tensors = TensorCatalog.Open(model);
        return tensors.Names.Contains("layer4.1.conv2.weight") && !tensors.Names.Any(name => name.StartsWith("visual.", StringComparison.Ordinal));
    }
}
