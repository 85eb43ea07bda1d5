namespace ModalityGap.Lab.Clip.Encoders;

/// <summary>The two towers of a CLIP model, whatever runs them. Outputs are not set to norm 1.</summary>
public interface IClipTowers : IDisposable
{
    /// <summary>d.</summary>
    int Dimensions { get; }

    /// <summary>Height and width of pictures in pixels; 0 where there is no image tower.</summary>
    int Side { get; }

    /// <summary>Numbers of a text; 0 where there is no text tower.</summary>
    int Context { get; }

    /// <summary>How many tokens it knows; <c>null</c> where that is not known.</summary>
    int? Vocabulary { get; }

    /// <summary>n x 3 x side x side values to n x d values, row-major.</summary>
    float[] EncodeImages(float[] pixels, int count);

    /// <summary>n x context numbers to n x d values, row-major.</summary>
    float[] EncodeTexts(long[] tokens, int count);
}
