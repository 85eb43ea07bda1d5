namespace ModalityGap.Lab.Clip.Pixels;

/// <summary>How pictures become what the image tower reads: the shorter edge scaled to the side, the middle kept, each channel less its mean over its deviation.</summary>
public sealed record ClipPixels
{
    /// <summary>Height and width in pixels.</summary>
    public required int Side { get; init; }

    /// <summary>Mean of red, green and blue, of values from 0 to 1; default CLIP's.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.48145466f, 0.4578275f, 0.40821073f];

    /// <summary>Deviation of red, green and blue; default CLIP's.</summary>
    public IReadOnlyList<float> Deviation { get; init; } = [0.26862954f, 0.26130258f, 0.27577711f];

    /// <summary>Whether a picture is turned as its camera said (EXIF); default yes. openai/CLIP does not.</summary>
    public bool IsUpright { get; init; } = true;

    /// <summary>The same without mean and deviation: values from 0 to 1 (supplementary Figure 15).</summary>
    public ClipPixels Plain() => this with { Mean = [0, 0, 0], Deviation = [1, 1, 1] };
}
