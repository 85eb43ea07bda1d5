using ModalityGap.Pictures.Decoding;
using SkiaSharp;

namespace ModalityGap.Pictures.Sheets;

/// <summary>Puts decoded pictures side by side and encodes them.</summary>
internal static class SheetPixels
{
    /// <summary>A browser decodes a whole sheet to show one picture of it, and decodes several small ones faster than a large one.</summary>
    private const int Edge = 1024;

    private const float Quality = 78;
    private const int BytesPerPixel = 4;

    /// <summary>How many pictures a sheet holds.</summary>
    public static int PerSheet(int cell) => PerRow(cell) * PerRow(cell);

    /// <summary>The sheets of pictures of four planes, in their order.</summary>
    public static SpriteSheet[] Encode(IReadOnlyList<byte[]> pictures, int cell) =>
        [.. pictures.Chunk(PerSheet(cell)).Select(some => Sheet(some, cell))];

    private static int PerRow(int cell) => Edge / cell;

    private static SpriteSheet Sheet(byte[][] pictures, int cell)
    {
        int columns = Math.Min(PerRow(cell), pictures.Length), rows = (pictures.Length + columns - 1) / columns;
        int width = columns * cell;
        byte[] pixels = new byte[width * rows * cell * BytesPerPixel];
        for (int k = 0; k < pictures.Length; k++)
            Place(pictures[k], cell, pixels, (k / columns * cell * width + k % columns * cell) * BytesPerPixel, width * BytesPerPixel);
        var info = new SKImageInfo(width, rows * cell, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var image = SKImage.FromPixelCopy(info, pixels, width * BytesPerPixel);
        using SKPixmap map = image.PeekPixels() ?? throw new InvalidOperationException("An image in memory gives no pixels.");
        using SKData data = map.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, Quality)) ?? throw new InvalidOperationException("No WebP was made.");
        return new SpriteSheet(data.ToArray(), columns, rows);
    }

    private static void Place(byte[] planes, int cell, byte[] pixels, int start, int stride)
    {
        int plane = cell * cell;
        for (int y = 0; y < cell; y++)
            for (int x = 0; x < cell; x++)
                for (int channel = 0; channel <= PictureScaling.Channels; channel++)
                    pixels[start + y * stride + x * BytesPerPixel + channel] = planes[channel * plane + y * cell + x];
    }
}
