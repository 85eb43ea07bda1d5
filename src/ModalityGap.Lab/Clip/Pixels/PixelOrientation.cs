using SkiaSharp;

namespace ModalityGap.Lab.Clip.Pixels;

/// <summary>Turns a picture as the camera said it is to be turned (EXIF orientation).</summary>
internal static class PixelOrientation
{
    public static PicturePixels Upright(PicturePixels picture, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default)
            return picture;
        bool isTurned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        (int width, int height) = isTurned ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        (int right, int bottom) = (picture.Width - 1, picture.Height - 1);
        var bytes = new byte[picture.Bytes.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                // The origin's name says where the first row and the first column of the file belong.
                (int column, int row) = origin switch
                {
                    SKEncodedOrigin.TopRight => (right - x, y),
                    SKEncodedOrigin.BottomRight => (right - x, bottom - y),
                    SKEncodedOrigin.BottomLeft => (x, bottom - y),
                    SKEncodedOrigin.LeftTop => (y, x),
                    SKEncodedOrigin.RightTop => (y, bottom - x),
                    SKEncodedOrigin.RightBottom => (right - y, bottom - x),
                    _ => (right - y, x),
                };
                picture.Bytes.AsSpan((row * picture.Width + column) * PicturePixels.Channels, PicturePixels.Channels)
                    .CopyTo(bytes.AsSpan((y * width + x) * PicturePixels.Channels));
            }
        }
        return picture with { Width = width, Height = height, Bytes = bytes };
    }
}
