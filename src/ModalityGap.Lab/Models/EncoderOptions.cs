namespace ModalityGap.Lab.Models;

/// <summary>The architecture of a dual encoder.</summary>
public sealed record EncoderOptions
{
    /// <summary>What reads pictures; default a small residual network.</summary>
    public ImageTowerKind ImageTower { get; init; } = ImageTowerKind.Convolutional;

    /// <summary>What reads texts; default the mean of the words' vectors.</summary>
    public TextTowerKind TextTower { get; init; } = TextTowerKind.BagOfWords;

    /// <summary>d, the dimensions of the shared space; default 128.</summary>
    public int Dimensions { get; init; } = 128;

    /// <summary>Height and width of pictures in pixels, a multiple of 8; default 32.</summary>
    public int Side { get; init; } = 32;

    /// <summary>Channels of the first convolution; tokens and hidden layers are four times as wide; default 32.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Blocks of a transformer tower; default 4.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>Temperature τ that training starts from; default 0.07, as in CLIP.</summary>
    public double InitialTemperature { get; init; } = 0.07;

    /// <summary>Whether τ is learned; default yes.</summary>
    public bool LearnTemperature { get; init; } = true;

    /// <summary>What the second tower reads; default texts.</summary>
    public SecondInput Second { get; init; } = SecondInput.Texts;

    /// <summary>What the towers have in common; default nothing.</summary>
    public CommonPart Common { get; init; } = CommonPart.Nothing;

    /// <summary>Whether the loss has a learned bias, which starts at -10; the sigmoid loss sets it.</summary>
    public bool HasBias { get; init; }

    /// <summary>Width of tokens and hidden layers.</summary>
    internal int TokenWidth => 4 * Width;

    /// <summary>Attention heads, 32 values each.</summary>
    internal int Heads => Math.Max(1, TokenWidth / 32);

    /// <summary>What cannot be had together, in a sentence; <c>null</c> where all can.</summary>
    internal string? Contradiction => (Common, Second) switch
    {
        (CommonPart.Start, SecondInput.Texts) => "Only two towers that read pictures can start from the same weights.",
        (CommonPart.Weights, SecondInput.Texts) when ImageTower != ImageTowerKind.VisionTransformer || TextTower != TextTowerKind.Transformer =>
            "Only two transformers can share weights between pictures and texts.",
        _ => null,
    };

    /// <summary>Refuses what makes no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Dimensions, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Side, 8);
        ArgumentOutOfRangeException.ThrowIfNotEqual(Side % 8, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 8);
        ArgumentOutOfRangeException.ThrowIfNotEqual(Width % 8, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(Depth, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(InitialTemperature);
        if (Contradiction is { } contradiction)
            throw new ArgumentOutOfRangeException(nameof(Common), contradiction);
    }
}

/// <summary>What reads pictures.</summary>
public enum ImageTowerKind
{
    /// <summary>A residual network of three stages.</summary>
    Convolutional,

    /// <summary>A transformer over patches of 4 x 4 pixels.</summary>
    VisionTransformer,
}

/// <summary>What reads texts.</summary>
public enum TextTowerKind
{
    /// <summary>The mean of the vectors of words and of their parts, then two layers.</summary>
    BagOfWords,

    /// <summary>A transformer over words.</summary>
    Transformer,
}
