namespace ModalityGap.Lab.Models;

/// <summary>What the second tower reads.</summary>
public enum SecondInput
{
    /// <summary>Texts.</summary>
    Texts,

    /// <summary>The same pictures as the first tower, with a tower of the same kind: one modality twice (Fahim et al., arXiv 2405.18570).</summary>
    Pictures,
}

/// <summary>What the two towers have in common.</summary>
public enum CommonPart
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The starting weights; of one modality twice only.</summary>
    Start,

    /// <summary>
    /// The weights. Of pictures with texts those of two transformers behind their first layers (Eslami and de Melo, "Mitigate the Gap", ICLR 2025); of one
    /// modality
    /// twice all.
    /// </summary>
    Weights,
}
