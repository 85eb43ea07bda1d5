using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Clip.Checkpoints;

/// <summary>
/// What a configuration file says of a model, beside what the tensors' shapes say: <c>config.json</c> of Hugging Face, <c>open_clip_config.json</c>
/// and the model files of open_clip, or the arguments of OpenAI's constructor.
/// </summary>
/// <param name="Path">The file.</param>
internal sealed record ClipConfiguration(string Path)
{
    private const int MostBytes = 1 << 20;

    public int? Dimensions { get; private set; }

    public int? Side { get; private set; }

    public int? Patch { get; private set; }

    public int? ImageWidth { get; private set; }

    public int? ImageDepth { get; private set; }

    public int? ImageHeads { get; private set; }

    public int? TextWidth { get; private set; }

    public int? TextDepth { get; private set; }

    public int? TextHeads { get; private set; }

    public double? NormEpsilon { get; private set; }

    public ClipActivation? Activation { get; private set; }

    /// <summary>Mean and deviation of each channel, where the file says them.</summary>
    public (float[] Mean, float[] Deviation)? Pixels { get; private set; }

    /// <summary>Reads a configuration.</summary>
    /// <exception cref="EmbeddingDataException">It is not JSON, or that of another kind of model.</exception>
    public static ClipConfiguration Read(string path)
    {
        var configuration = new ClipConfiguration(path);
        try
        {
            using SourceFile file = SourceFile.Open(path);
            if (file.Length > MostBytes)
                throw file.Fault("it is too large for a configuration.", "Take the configuration from where the model came.");
            var bytes = new byte[file.Length];
            file.ReadAt(0, bytes);
            using JsonDocument json = JsonDocument.Parse(bytes);
            configuration.Read(json.RootElement);
            return configuration;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new EmbeddingDataException(path, "it is not the configuration of a CLIP model.", "Take the configuration from where the model came.", exception);
        }
    }

    private void Read(JsonElement root)
    {
        if (Child(root, "model_cfg") is { } model)
        {
            ReadOpenClip(model);
            if (Child(root, "preprocess_cfg") is { } pixels)
                ReadPixels(pixels, "mean", "std");
        }
        else if (Child(root, "vision_cfg") is not null)
            ReadOpenClip(root);
        else if (Child(root, "vision_config") is { } vision)
            ReadHuggingFace(root, vision);
        else if (Child(root, "image_mean") is not null)
            ReadPixels(root, "image_mean", "image_std");
        else if (Number(root, "image_resolution") is not null)
            ReadOpenAi(root);
        else
            throw Foreign(Text(root, "model_type") is { } type ? $"a model of type {Shown.Name(type)}" : "no CLIP model");
    }

    // open_clip: GELU unless the file says otherwise.
    private void ReadOpenClip(JsonElement root)
    {
        (JsonElement vision, JsonElement text) = (Child(root, "vision_cfg")!.Value, Child(root, "text_cfg") ?? throw Foreign("no text tower"));
        if (Text(vision, "timm_model_name") is { } timm)
            throw Foreign($"an image tower of timm ({Shown.Name(timm)})");
        if (Text(text, "hf_model_name") is { } name)
            throw Foreign($"a text tower of transformers ({Shown.Name(name)})");
        Dimensions = Number(root, "embed_dim");
        Activation = Child(root, "quick_gelu") is { ValueKind: JsonValueKind.True } ? ClipActivation.QuickGelu : ClipActivation.Gelu;
        (Side, Patch, ImageWidth) = (Number(vision, "image_size"), Number(vision, "patch_size"), Number(vision, "width"));
        ImageDepth = Number(vision, "layers");
        bool isResNet = Child(vision, "layers") is { ValueKind: JsonValueKind.Array };
        ImageHeads = !isResNet && ImageWidth is { } width && Number(vision, "head_width") is > 0 and var head ? width / head : null;
        (TextWidth, TextDepth, TextHeads) = (Number(text, "width"), Number(text, "layers"), Number(text, "heads"));
    }

    private void ReadHuggingFace(JsonElement root, JsonElement vision)
    {
        if (Text(root, "model_type") is { } type && type != "clip")
            throw Foreign($"a model of type {Shown.Name(type)}");
        JsonElement text = Child(root, "text_config") ?? throw Foreign("no text tower");
        Dimensions = Number(root, "projection_dim");
        // Files leave out what is as in Hugging Face's defaults, which are those of ViT-B/32.
        (ImageHeads, TextHeads) = (Number(vision, "num_attention_heads") ?? 12, Number(text, "num_attention_heads") ?? 8);
        (ImageWidth, ImageDepth, Side, Patch) =
            (Number(vision, "hidden_size"), Number(vision, "num_hidden_layers"), Number(vision, "image_size"), Number(vision, "patch_size"));
        (TextWidth, TextDepth) = (Number(text, "hidden_size"), Number(text, "num_hidden_layers"));
        NormEpsilon = Child(vision, "layer_norm_eps") is { ValueKind: JsonValueKind.Number } epsilon ? epsilon.GetDouble() : null;
        Activation = (Text(vision, "hidden_act") ?? "quick_gelu") switch
        {
            "quick_gelu" => ClipActivation.QuickGelu,
            "gelu" => ClipActivation.Gelu,
            string other => throw Foreign($"the non-linearity {Shown.Name(other)}"),
        };
    }

    // Those models all have QuickGELU.
    private void ReadOpenAi(JsonElement root)
    {
        Activation = ClipActivation.QuickGelu;
        (Dimensions, Side, Patch) = (Number(root, "embed_dim"), Number(root, "image_resolution"), Number(root, "vision_patch_size"));
        (ImageWidth, ImageDepth) = (Number(root, "vision_width"), Number(root, "vision_layers"));
        (TextWidth, TextDepth, TextHeads) = (Number(root, "transformer_width"), Number(root, "transformer_layers"), Number(root, "transformer_heads"));
    }

    private void ReadPixels(JsonElement root, string mean, string deviation)
    {
        if (Channels(root, mean) is { } means && Channels(root, deviation) is { } deviations && deviations.All(value => value > 0))
            Pixels = (means, deviations);
    }

    private EmbeddingDataException Foreign(string what) => new(
        Path, $"it describes {what}.", "Known are CLIP models with a ViT or a ModifiedResNet and CLIP's own text transformer.");

    private static JsonElement? Child(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement child) && child.ValueKind != JsonValueKind.Null ? child : null;

    private static int? Number(JsonElement root, string name) =>
        Child(root, name) is { ValueKind: JsonValueKind.Number } child && child.TryGetInt32(out int number) ? number : null;

    private static string? Text(JsonElement root, string name) => Child(root, name) is { ValueKind: JsonValueKind.String } child ? child.GetString() : null;

    private static float[]? Channels(JsonElement root, string name) =>
        Child(root, name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 3
            && list.EnumerateArray().All(value => value.ValueKind == JsonValueKind.Number)
            ? [.. list.EnumerateArray().Select(value => value.GetSingle())]
            : null;
}
