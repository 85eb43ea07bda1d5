namespace ModalityGap.Lab.Clip.Pixels;

/// <summary>Turns encoded pictures into what the image tower reads, with the numbers of openai/CLIP and open_clip.</summary>
public static class ClipPreprocessing
{
    private const int Colours = 3;

    /// <summary>3 x side x side values of one picture; <c>null</c> where it cannot be decoded.</summary>
    /// <param name="file">A PNG, JPEG, WebP, GIF or BMP.</param>
    /// <param name="pixels">How.</param>
    /// <param name="fault">What is wrong, to follow the picture's name, such as "is cut off".</param>
    public static float[]? Read(byte[] file, ClipPixels pixels, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(pixels);
        if (PicturePixels.Decode(file, pixels.IsUpright, out fault) is not { } picture)
            return null;
        return Values(PixelScaling.ToSquare(picture, pixels.Side), pixels);
    }

    /// <summary>3 x side x side values from side x side pixels of four bytes.</summary>
    internal static float[] Values(byte[] square, ClipPixels pixels)
    {
        int plane = pixels.Side * pixels.Side;
        var values = new float[Colours * plane];
        for (int channel = 0; channel < Colours; channel++)
        {
            (float mean, float deviation) = (pixels.Mean[channel], pixels.Deviation[channel]);
            for (int i = 0; i < plane; i++)
                values[channel * plane + i] = (square[i * PicturePixels.Channels + channel] / 255f - mean) / deviation;
        }
        return values;
    }
}
