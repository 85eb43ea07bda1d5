using SkiaSharp;

namespace ModalityGap.Pictures.Decoding;

/// <summary>
/// Decodes PNG, JPEG, WebP, GIF and BMP to square planes, upright, transparency on white: as models see a picture, or the whole of it.
/// </summary>
internal static class PictureDecoder
{
    /// <summary>Pixels of 16 384 x 16 384: a header that claims more is a mistake or an attack.</summary>
    private const long MostPixels = 1L << 28;

    private const int BytesPerPixel = 4;

    /// <summary>The shorter edge scaled to the side, the middle of the longer one kept: three planes.</summary>
    public static DecodedPicture Decode(byte[] bytes, int side) => Decode(bytes, side, Math.Min, PictureScaling.ToPlanes);

    /// <summary>The whole picture in the middle of a square, and a fourth plane that is 0 beside it.</summary>
    public static DecodedPicture DecodeWhole(byte[] bytes, int side) => Decode(bytes, side, Math.Max, PictureScaling.ToCell);

    private static DecodedPicture Decode(byte[] bytes, int side, Func<int, int, int> edge, Func<byte[], int, int, int, byte[]> scale)
    {
        if (bytes.Length == 0)
            return DecodedPicture.Broken("is empty");
        using SKData data = SKData.CreateCopy(bytes);
        using SKCodec? codec = SKCodec.Create(data);
        if (codec is null)
            return DecodedPicture.Broken("is no PNG, JPEG, WebP, GIF or BMP");
        SKImageInfo stored = codec.Info;
        if (stored.Width < 1 || stored.Height < 1 || (long)stored.Width * stored.Height > MostPixels)
            return DecodedPicture.Broken($"claims {stored.Width} x {stored.Height} pixels");
        return Decode(codec, SizeToDecode(codec, side, edge(stored.Width, stored.Height)), side, scale);
    }

    private static DecodedPicture Decode(SKCodec codec, SKSizeI size, int side, Func<byte[], int, int, int, byte[]> scale)
    {
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        byte[] pixels = new byte[(long)size.Width * size.Height * BytesPerPixel];
        SKCodecResult result;
        unsafe
        {
            fixed (byte* start = pixels)
                result = codec.GetPixels(info, (nint)start);
        }
        if (result != SKCodecResult.Success)
            return DecodedPicture.Broken(result == SKCodecResult.IncompleteInput ? "is cut off" : "is damaged");
        byte[] planes = scale(pixels, size.Width, size.Height, side);
        return new DecodedPicture(PictureOrientation.Upright(planes, side, codec.EncodedOrigin), null);
    }

    // JPEG decodes to a half, a quarter or an eighth at a fraction of the cost; four source pixels per target pixel stay, enough for the filter.
    private static SKSizeI SizeToDecode(SKCodec codec, int side, int edge)
    {
        SKSizeI full = codec.Info.Size;
        if (codec.EncodedFormat != SKEncodedImageFormat.Jpeg)
            return full;
        float scale = 4f * side / edge;
        return scale >= 1 ? full : codec.GetScaledDimensions(scale);
    }
}
