namespace ModalityGap.Lab.Clip;

/// <summary>The architecture of a CLIP model (Radford et al., "Learning Transferable Visual Models from Natural Language Supervision", ICML 2021).</summary>
public sealed record ClipArchitecture
{
    /// <summary>d, the dimensions of the shared space.</summary>
    public required int Dimensions { get; init; }

    /// <summary>What reads pictures.</summary>
    public required ClipImageArchitecture Image { get; init; }

    /// <summary>What reads texts.</summary>
    public required ClipTextArchitecture Text { get; init; }

    /// <summary>The non-linearity of both transformers; default that of OpenAI's models.</summary>
    public ClipActivation Activation { get; init; } = ClipActivation.QuickGelu;

    /// <summary>What is added to a variance under a root in layer normalisation; default 1e-5.</summary>
    public double NormEpsilon { get; init; } = 1e-5;

    /// <summary>ViT-B/32 with 512 dimensions, the model of the paper's experiments.</summary>
    public static ClipArchitecture VitB32 { get; } = new()
    {
        Dimensions = 512,
        Image = new ClipImageArchitecture { Side = 224, Width = 768, Depth = 12, Patch = 32, Heads = 12, Hidden = 4 * 768 },
        Text = new ClipTextArchitecture { Width = 512, Depth = 12, Heads = 8, Hidden = 4 * 512 },
    };

    /// <summary>What it is called in one phrase, such as "ViT, patches of 32, 12 blocks of 768; text 12 blocks of 512; 512 dimensions".</summary>
    public override string ToString() => $"{Image}; text {Text.Depth} blocks of {Text.Width}; {Dimensions} dimensions";
}

/// <summary>The image tower of a CLIP model: a vision transformer where there is a patch, else a modified ResNet.</summary>
public sealed record ClipImageArchitecture
{
    /// <summary>Height and width of pictures in pixels.</summary>
    public required int Side { get; init; }

    /// <summary>Width of the transformer's tokens, or channels of the ResNet's first stage.</summary>
    public required int Width { get; init; }

    /// <summary>Blocks of the transformer; 0 for a ResNet.</summary>
    public int Depth { get; init; }

    /// <summary>Blocks of each of the ResNet's four stages; none for a transformer.</summary>
    public IReadOnlyList<int> Stages { get; init; } = [];

    /// <summary>Height and width of a patch in pixels; <c>null</c> for a ResNet.</summary>
    public int? Patch { get; init; }

    /// <summary>Attention heads, of the blocks or of the ResNet's pool.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of the transformer's hidden layers; 0 for a ResNet.</summary>
    public int Hidden { get; init; }

    /// <summary>Whether it is a vision transformer.</summary>
    public bool IsTransformer => Patch is not null;

    /// <inheritdoc/>
    public override string ToString() => IsTransformer
        ? $"ViT of {Side} pixels, patches of {Patch}, {Depth} blocks of {Width}"
        : $"ResNet of {Side} pixels, {string.Join(", ", Stages)} blocks from {Width} channels";
}

/// <summary>The text tower of a CLIP model.</summary>
public sealed record ClipTextArchitecture
{
    /// <summary>Tokens of a text with both marks; default 77.</summary>
    public int Context { get; init; } = 77;

    /// <summary>How many tokens there are; default 49,408.</summary>
    public int Vocabulary { get; init; } = 49408;

    /// <summary>Width of the tokens.</summary>
    public required int Width { get; init; }

    /// <summary>Blocks.</summary>
    public required int Depth { get; init; }

    /// <summary>Attention heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of the hidden layers.</summary>
    public required int Hidden { get; init; }
}

/// <summary>The non-linearity of a CLIP model's transformers.</summary>
public enum ClipActivation
{
    /// <summary>x·σ(1.702 x), of OpenAI's models and those that began from them.</summary>
    QuickGelu,

    /// <summary>x·Φ(x), of the models that open_clip trained.</summary>
    Gelu,
}
