using SkiaSharp;

namespace ModalityGap.Lab.Clip.Pixels;

/// <summary>A decoded picture: red, green, blue and alpha (not premultiplied) of each pixel, row by row.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Bytes">4 x width x height bytes.</param>
/// <param name="HasAlpha">Whether its format has an alpha channel, not only one transparent colour.</param>
/// <param name="IsIndexed">Whether the file holds numbers of a palette or single bits.</param>
internal sealed record PicturePixels(int Width, int Height, byte[] Bytes, bool HasAlpha, bool IsIndexed)
{
    public const int Channels = 4;

    /// <summary>Pixels of 16 384 x 16 384: a header that claims more is a mistake or an attack.</summary>
    private const long MostPixels = 1L << 28;

    /// <summary>Decodes PNG, JPEG, WebP, GIF (its first picture) and BMP.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="isUpright">Whether to turn it as the camera said.</param>
    /// <param name="fault">What is wrong, to follow the picture's name.</param>
    public static PicturePixels? Decode(byte[] bytes, bool isUpright, out string? fault)
    {
        fault = bytes.Length == 0 ? "is empty" : null;
        if (fault is not null)
            return null;
        using SKData data = SKData.CreateCopy(bytes);
        using SKCodec? codec = SKCodec.Create(data);
        fault = codec is null
            ? "is no PNG, JPEG, WebP, GIF or BMP"
            : codec.Info.Width < 1 || codec.Info.Height < 1 || (long)codec.Info.Width * codec.Info.Height > MostPixels
                ? $"claims {codec.Info.Width} x {codec.Info.Height} pixels"
                : null;
        return fault is null ? Decode(codec!, bytes, isUpright, out fault) : null;
    }

    private static PicturePixels? Decode(SKCodec codec, byte[] file, bool isUpright, out string? fault)
    {
        (int width, int height) = (codec.Info.Width, codec.Info.Height);
        // Without a colour space nothing is converted: neither does Pillow.
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var pixels = new byte[(long)Channels * width * height];
        SKCodecResult result;
        unsafe
        {
            fixed (byte* start = pixels)
                result = codec.GetPixels(info, (nint)start);
        }
        fault = result switch
        {
            SKCodecResult.Success => null,
            SKCodecResult.IncompleteInput => "is cut off",
            _ => "is damaged",
        };
        if (fault is not null)
            return null;
        PngKind? png = codec.EncodedFormat == SKEncodedImageFormat.Png ? PngKind.Of(file) : null;
        var decoded = new PicturePixels(
            width,
            height,
            pixels,
            HasAlpha: png?.HasAlpha ?? (codec.EncodedFormat != SKEncodedImageFormat.Gif && codec.Info.AlphaType != SKAlphaType.Opaque),
            IsIndexed: png?.IsIndexed ?? codec.EncodedFormat == SKEncodedImageFormat.Gif);
        return isUpright ? PixelOrientation.Upright(decoded, codec.EncodedOrigin) : decoded;
    }

    /// <summary>What the header of a PNG says of its pixels.</summary>
    private readonly record struct PngKind(byte Depth, byte Colour)
    {
        private const int DepthAt = 24, ColourAt = 25;

        public bool IsIndexed => Colour == 3 || (Colour == 0 && Depth == 1);

        public bool HasAlpha => Colour is 4 or 6;

        public static PngKind? Of(byte[] file) => file.Length > ColourAt ? new PngKind(file[DepthAt], file[ColourAt]) : null;
    }
}
