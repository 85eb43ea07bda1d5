using SkiaSharp;

namespace ModalityGap.Pictures.Decoding;

/// <summary>Turns square planes as the camera said they are to be turned (EXIF orientation).</summary>
internal static class PictureOrientation
{
    public static byte[] Upright(byte[] planes, int side, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default)
            return planes;
        byte[] upright = new byte[planes.Length];
        int last = side - 1;
        for (int channel = 0; channel < planes.Length / (side * side); channel++)
        {
            for (int y = 0; y < side; y++)
            {
                for (int x = 0; x < side; x++)
                {
                    // The origin's name says where the first row and the first column of the file belong.
                    (int column, int row) = origin switch
                    {
                        SKEncodedOrigin.TopRight => (last - x, y),
                        SKEncodedOrigin.BottomRight => (last - x, last - y),
                        SKEncodedOrigin.BottomLeft => (x, last - y),
                        SKEncodedOrigin.LeftTop => (y, x),
                        SKEncodedOrigin.RightTop => (y, last - x),
                        SKEncodedOrigin.RightBottom => (last - y, last - x),
                        _ => (last - y, x),
                    };
                    upright[(channel * side + y) * side + x] = planes[(channel * side + row) * side + column];
                }
            }
        }
        return upright;
    }
}
