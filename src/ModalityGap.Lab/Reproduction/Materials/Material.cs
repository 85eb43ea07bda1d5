namespace ModalityGap.Lab.Reproduction.Materials;

/// <summary>What a user can bring to an experiment.</summary>
[Flags]
internal enum Material
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Features of images and texts, with <c>--features</c>.</summary>
    Features = 1,

    /// <summary>Predictions that the authors printed, with <c>--predictions</c>.</summary>
    Predictions = 2,

    /// <summary>Pictures with texts, with <c>--data</c>.</summary>
    Data = 4,

    /// <summary>Models with trained weights, with <c>--model</c>.</summary>
    Models = 8,

    /// <summary>Folders of pictures with labels, by the name of their task, with <c>--images</c>.</summary>
    Images = 16,
}
