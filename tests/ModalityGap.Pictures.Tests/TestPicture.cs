using SkiaSharp;

namespace ModalityGap.Testing;

/// <summary>Small encoded pictures.</summary>
internal static class TestPicture
{
    public static byte[] Plain(int width, int height, SKColor colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png) =>
        Encode(width, height, (_, _) => colour, format);

    public static byte[] Encode(int width, int height, Func<int, int, SKColor> colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        byte[] pixels = new byte[width * height * 4];
        for (int i = 0; i < width * height; i++)
        {
            SKColor one = colour(i % width, i / width);
            (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) = (one.Red, one.Green, one.Blue, one.Alpha);
        }
        using var image = SKImage.FromPixelCopy(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul), pixels, width * 4);
        using SKData data = image.Encode(format, 100);
        return data.ToArray();
    }

    /// <summary>A colour per pixel that no other one has nearby.</summary>
    public static SKColor Noise(int x, int y)
    {
        uint mixed = (uint)(x * 73856093 ^ y * 19349663) * 2654435761u;
        return new SKColor((byte)(mixed >> 24), (byte)(mixed >> 16), (byte)(mixed >> 8));
    }
}
