using ModalityGap.Lab.Tensors;
using ModalityGap.Sources;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Clip.Checkpoints;

/// <summary>Writes a model as safetensors in one of the published namings, for open_clip or transformers to load.</summary>
public static class ClipExport
{
    /// <summary>Writes the weights, float32.</summary>
    /// <exception cref="ArgumentException">Hugging Face has no names for a ResNet.</exception>
    public static void Write(string path, ClipModel model, ClipNaming naming)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (naming == ClipNaming.HuggingFace && !model.Architecture.Image.IsTransformer)
            throw new ArgumentException("Hugging Face's CLIPModel has no ResNet.", nameof(naming));
        NamedTensor[] tensors = [.. model.state_dict().SelectMany(entry => naming == ClipNaming.HuggingFace
            ? HuggingFace(entry.Key, entry.Value)
            : [NamedTensor.Of(OpenClipNames.Write(entry.Key), entry.Value)])];
        using OutputFile file = OutputFile.Open(path);
        file.Write(stream => TensorFile.Write(stream, tensors, new Dictionary<string, string> { ["format"] = "pt" }));
    }

    private static NamedTensor[] HuggingFace(string name, Tensor value)
    {
        (string[] names, bool isTransposed) = HuggingFaceNames.Write(name);
        using Tensor turned = isTransposed ? value.t() : value.alias();
        Tensor[] parts = names.Length == 1 ? [turned] : turned.chunk(names.Length, 0);
        NamedTensor[] written = [.. names.Zip(parts, NamedTensor.Of)];
        if (names.Length > 1)
            foreach (Tensor part in parts)
                part.Dispose();
        return written;
    }
}
