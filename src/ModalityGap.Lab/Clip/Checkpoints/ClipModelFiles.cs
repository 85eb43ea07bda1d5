using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Clip.Checkpoints;

/// <summary>Finds the files of a model in a folder, under the names that people give them.</summary>
internal sealed record ClipModelFiles
{
    // In this order: what is safe and complete comes first.
    private static readonly string[] Usual =
    [
        "model.safetensors", "open_clip_model.safetensors", "open_clip_pytorch_model.safetensors",
        "pytorch_model.bin", "open_clip_pytorch_model.bin",
    ];

    private static readonly string[] Endings = [".safetensors", ".bin", ".pt", ".pth"];

    private const string Index = "model.safetensors.index.json";

    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The file of the weights, or the several ones of them; none for an ONNX model.</summary>
    public IReadOnlyList<string> Weights { get; init; } = [];

    /// <summary>The ONNX files; none for a checkpoint.</summary>
    public IReadOnlyList<string> Onnx { get; init; } = [];

    /// <summary>Looks into a folder, or takes the file that is named.</summary>
    /// <exception cref="EmbeddingDataException">There is no model, or more than one.</exception>
    public static ClipModelFiles Find(string path)
    {
        if (File.Exists(path))
            return Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase)
                ? new ClipModelFiles { Folder = FolderOf(path), Onnx = [path] }
                : new ClipModelFiles { Folder = FolderOf(path), Weights = [path] };
        if (!Directory.Exists(path))
            throw new EmbeddingDataException(path, "there is no such model.", "Name the folder of a CLIP model, or its model.safetensors.");
        string[] names = Names(path);
        if (Usual.FirstOrDefault(names.Contains) is { } usual)
            return new ClipModelFiles { Folder = path, Weights = [Path.Combine(path, usual)] };
        if (names.Contains(Index))
            return new ClipModelFiles { Folder = path, Weights = Shards(path) };
        foreach (string ending in Endings)
        {
            string[] fitting = [.. names.Where(name => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))];
            if (fitting.Length == 1)
                return new ClipModelFiles { Folder = path, Weights = [Path.Combine(path, fitting[0])] };
            if (fitting.Length > 1)
                throw new EmbeddingDataException(path, $"it holds several models: {Shown.Some([.. fitting.Select(Shown.Name)])}.", "Name one of them.");
        }
        string[] onnx = [.. names.Where(name => name.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))];
        return onnx.Length > 0
            ? new ClipModelFiles { Folder = path, Onnx = [.. onnx.Select(name => Path.Combine(path, name))] }
            : throw new EmbeddingDataException(
                path,
                names.Length == 0 ? "the folder is empty."
                    : names.Contains("config.json") || names.Contains("open_clip_config.json") ? "the folder holds no model: there is a configuration, but no weights."
                    : "the folder holds no model.",
                "A model is a model.safetensors (or .bin, .pt, .onnx) with its config.json or open_clip_config.json, and tokenizer.json for texts; "
                    + "openai/clip-vit-base-patch32 on Hugging Face has all three, docs/clip.md names others.");
    }

    /// <summary>The configuration that belongs to the weights, or <c>null</c>.</summary>
    public ClipConfiguration? Configuration(ClipNaming naming)
    {
        string[] beside = naming == ClipNaming.HuggingFace ? ["config.json", "open_clip_config.json"] : ["open_clip_config.json", "config.json"];
        string[] candidates = Weights.Count == 1
            ? [.. beside.Select(name => Path.Combine(Folder, name)), Path.ChangeExtension(Weights[0], ".json")]
            : [.. beside.Select(name => Path.Combine(Folder, name))];
        return candidates.FirstOrDefault(File.Exists) is { } found ? ClipConfiguration.Read(found) : null;
    }

    private static string[] Shards(string folder)
    {
        string index = Path.Combine(folder, Index);
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(index));
            string[] files = [.. json.RootElement.GetProperty("weight_map").EnumerateObject().Select(entry => entry.Value.GetString()!).Distinct().Order(StringComparer.Ordinal)];
            // A name that leads elsewhere is not followed.
            if (files.Length > 0 && files.All(name => name == Path.GetFileName(name)))
                return [.. files.Select(name => Path.Combine(folder, name))];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // Told below.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(index, "it cannot be read.", "Check its permissions.", exception);
        }
        throw new EmbeddingDataException(index, "it does not say which file holds which tensor.", "Take it again from where the model came.");
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static string[] Names(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(folder, "the folder cannot be read.", "Check its permissions.", exception);
        }
    }
}
