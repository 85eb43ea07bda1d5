using System.Globalization;
using ModalityGap.Embeddings;

namespace ModalityGap.Lab.Clip.Checkpoints;

/// <summary>
/// The architecture of a model from the shapes of its tensors. What these leave open (heads, non-linearity) comes from the configuration; what
/// both say must agree.
/// </summary>
internal static class ArchitectureReading
{
    /// <summary>Width of a head where nothing says otherwise.</summary>
    private const int UsualHead = 64;

    // Of the large models of open_clip (ViT-H, g and G), whose heads are wider: token width and head width.
    private static readonly Dictionary<int, int> PublishedHeads = new() { [1280] = 80, [1408] = 88, [1664] = 104 };

    /// <exception cref="EmbeddingDataException">A tensor that tells a size is missing, or the configuration is that of another model.</exception>
    public static (ClipArchitecture Architecture, IReadOnlyList<Finding> Findings) Read(PublishedTensors tensors, ClipConfiguration? configuration)
    {
        int[] projection = Shape(tensors, "text.text_projection", 2);
        int[] vectors = Shape(tensors, "text.token_embedding.weight", 2);
        int width = vectors[1];
        ClipImageArchitecture image = tensors.Has("visual.class_embedding")
            ? Transformer(tensors, configuration)
            : ResNet(tensors);
        var architecture = new ClipArchitecture
        {
            Dimensions = projection[1],
            Image = image,
            Text = new ClipTextArchitecture
            {
                Context = Shape(tensors, "text.positional_embedding", 2)[0],
                Vocabulary = vectors[0],
                Width = width,
                Depth = Count(tensors, "text.transformer.resblocks."),
                Heads = configuration?.TextHeads ?? Math.Max(1, width / UsualHead),
                Hidden = Shape(tensors, "text.transformer.resblocks.0.mlp.c_fc.weight", 2)[0],
            },
            Activation = configuration?.Activation ?? ClipActivation.QuickGelu,
            NormEpsilon = configuration?.NormEpsilon ?? 1e-5,
        };
        Check(tensors, architecture);
        if (configuration is not null)
            Compare(configuration, architecture);
        return (architecture, configuration?.Activation is null ? [Assumed(tensors, architecture)] : []);
    }

    private static ClipImageArchitecture Transformer(PublishedTensors tensors, ClipConfiguration? configuration)
    {
        int[] patches = Shape(tensors, "visual.conv1.weight", 4);
        int width = patches[0], across = Across(Shape(tensors, "visual.positional_embedding", 2)[0]);
        return new ClipImageArchitecture
        {
            Side = across * patches[2],
            Width = width,
            Depth = Count(tensors, "visual.transformer.resblocks."),
            Patch = patches[2],
            Heads = configuration?.ImageHeads ?? Math.Max(1, width / PublishedHeads.GetValueOrDefault(width, UsualHead)),
            Hidden = Shape(tensors, "visual.transformer.resblocks.0.mlp.c_fc.weight", 2)[0],
        };
    }

    private static ClipImageArchitecture ResNet(PublishedTensors tensors)
    {
        int width = Shape(tensors, "visual.layer1.0.conv1.weight", 4)[0];
        return new ClipImageArchitecture
        {
            Side = Across(Shape(tensors, "visual.attnpool.positional_embedding", 2)[0]) * ClipResNet.Reduction,
            Width = width,
            Stages = [.. Enumerable.Range(1, 4).Select(stage => Count(tensors, $"visual.layer{stage}."))],
            Heads = Math.Max(1, width * ClipResNet.Reduction / UsualHead),
        };
    }

    // Sizes that no model has would else reach the native library.
    private static void Check(PublishedTensors tensors, ClipArchitecture architecture)
    {
        ClipImageArchitecture image = architecture.Image;
        ClipTextArchitecture text = architecture.Text;
        int pooled = image.IsTransformer ? image.Width : image.Width * ClipResNet.Reduction;
        bool fits = image.Side > 0 && architecture.Dimensions > 0 && text.Depth > 0
            && (image.IsTransformer ? image.Depth > 0 : image.Width % 2 == 0 && image.Stages.All(blocks => blocks > 0))
            && pooled % image.Heads == 0 && text.Width % text.Heads == 0;
        if (!fits)
            throw new EmbeddingDataException(
                tensors.Location,
                $"the shapes of its tensors make no CLIP model ({architecture}, {image.Heads} and {text.Heads} heads).",
                "Take the model, and its config.json or open_clip_config.json, from where it came.");
    }

    private static void Compare(ClipConfiguration configuration, ClipArchitecture architecture)
    {
        (string What, int? Said, int Is)[] sizes =
        [
            ("dimensions", configuration.Dimensions, architecture.Dimensions),
            ("image size", configuration.Side, architecture.Image.Side),
            ("patch", configuration.Patch, architecture.Image.Patch ?? 0),
            ("width of the image tower", configuration.ImageWidth, architecture.Image.Width),
            ("blocks of the image tower", configuration.ImageDepth, architecture.Image.Depth),
            ("width of the text tower", configuration.TextWidth, architecture.Text.Width),
            ("blocks of the text tower", configuration.TextDepth, architecture.Text.Depth),
        ];
        string[] wrong = [.. sizes.Where(size => size.Said is { } said && said != size.Is)
            .Select(size => string.Create(CultureInfo.InvariantCulture, $"{size.What} {size.Said}, where the tensors have {size.Is}"))];
        if (wrong.Length > 0)
            throw new EmbeddingDataException(
                configuration.Path, $"it is the configuration of another model: {string.Join("; ", wrong)}.", "Put the configuration of this model beside it.");
    }

    private static Finding Assumed(PublishedTensors tensors, ClipArchitecture architecture) => new(
        "assumed-configuration",
        FindingSeverity.Warning,
        string.Create(
            CultureInfo.InvariantCulture,
            $"No configuration beside {Path.GetFileName(tensors.Location)}: QuickGELU as in OpenAI's models, {architecture.Image.Heads} and {architecture.Text.Heads} heads are assumed. open_clip's own models have GELU: put the config.json or open_clip_config.json there, from where the model came."));

    private static int Count(PublishedTensors tensors, string start) => tensors.Names
        .Where(name => name.StartsWith(start, StringComparison.Ordinal))
        .Select(name => name[start.Length..].Split('.', 2)[0])
        .Distinct(StringComparer.Ordinal)
        .Count();

    // Places of a square of patches, and one for the whole.
    private static int Across(int places) => (int)Math.Round(Math.Sqrt(Math.Max(0, places - 1)));

    private static int[] Shape(PublishedTensors tensors, string name, int axes)
    {
        long[] shape = tensors.ShapeOf(name);
        return shape.Length == axes && shape.All(length => length is > 0 and < 1 << 24)
            ? [.. shape.Select(length => (int)length)]
            : throw new EmbeddingDataException(
                tensors.Location, $"the tensor {name} has the shape [{string.Join(", ", shape)}], where {axes} axes are expected.", "Take the model from where it came.");
    }
}
