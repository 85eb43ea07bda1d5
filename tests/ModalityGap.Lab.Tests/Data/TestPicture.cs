using SkiaSharp;

namespace ModalityGap.Lab.Tests.Data;

/// <summary>Small encoded pictures.</summary>
internal static class TestPicture
{
    public static byte[] Plain(int width, int height, SKColor colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png) =>
        Encode(width, height, (_, _) => colour, format);

    public static byte[] Encode(int width, int height, Func<int, int, SKColor> colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                bitmap.SetPixel(x, y, colour(x, y));
        using SKData data = bitmap.Encode(format, 100);
        return data.ToArray();
    }

    /// <summary>A colour per pixel that no other one has nearby.</summary>
    public static SKColor Noise(int x, int y)
    {
        uint mixed = (uint)(x * 73856093 ^ y * 19349663) * 2654435761u;
        return new SKColor((byte)(mixed >> 24), (byte)(mixed >> 16), (byte)(mixed >> 8));
    }
}
