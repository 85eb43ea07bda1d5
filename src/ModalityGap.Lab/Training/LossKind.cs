namespace ModalityGap.Lab.Training;

/// <summary>Which loss trains a dual encoder; <see cref="ContrastiveLoss"/> has the formulas.</summary>
public enum LossKind
{
    /// <summary>Symmetric InfoNCE, the loss of CLIP.</summary>
    Symmetric,

    /// <summary>The pairwise sigmoid loss of SigLIP, with a learned bias.</summary>
    Sigmoid,

    /// <summary>The mean uniformity of both modalities, which does not look at pairs (Liang et al., their code).</summary>
    Uniform,

    /// <summary>InfoNCE among the rows of both modalities, so that a row's own modality has negatives too (Liang et al., their code).</summary>
    Dual,

    /// <summary>Symmetric InfoNCE of those rows only that find their partner already (Liang et al., their code).</summary>
    EasyOnly,

    /// <summary>Symmetric InfoNCE with uniformity and alignment: CUA (Fahim et al., It's Not a Modality Gap).</summary>
    UniformAligned,

    /// <summary>CUA with the uniformity across modalities: CUAXU (Fahim et al.).</summary>
    CrossUniformAligned,
}
