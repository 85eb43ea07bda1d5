namespace ModalityGap.Lab.Clip.Checkpoints;

/// <summary>The names that CLIP's tensors go by.</summary>
public enum ClipNaming
{
    /// <summary>OpenAI's and open_clip's: queries, keys and values in one matrix.</summary>
    OpenClip,

    /// <summary>Hugging Face's: queries, keys and values apart, projections as matrices of layers.</summary>
    HuggingFace,
}
