namespace ModalityGap.Lab.Clip.Pixels;

/// <summary>
/// Scales a picture's shorter edge to a side and keeps the middle, with the bytes of Pillow's antialiased bicubic filter: rows first, then columns,
/// each rounded to bytes. As Pillow does, colours are weighted by their alpha, and a palette's pixels are picked, not mixed.
/// </summary>
internal static class PixelScaling
{
    private const int Channels = PicturePixels.Channels;

    /// <summary>Side x side pixels of four bytes.</summary>
    public static byte[] ToSquare(PicturePixels picture, int side)
    {
        (int width, int height) = picture.Width <= picture.Height
            ? (side, (int)((long)side * picture.Height / picture.Width))
            : ((int)((long)side * picture.Width / picture.Height), side);
        int left = Margin(width, side), top = Margin(height, side);
        if (picture.IsIndexed)
            return Pick(picture, width, height, left, top, side);
        byte[] pixels = picture.HasAlpha ? Premultiplied(picture.Bytes) : picture.Bytes;
        byte[] narrow = width == picture.Width
            ? Columns(pixels, picture.Width, picture.Height, left, side)
            : Across(pixels, picture.Width, picture.Height, BicubicTaps.For(picture.Width, width, left, side));
        byte[] square = height == picture.Height
            ? narrow[(top * side * Channels)..((top + side) * side * Channels)]
            : Down(narrow, side, BicubicTaps.For(picture.Height, height, top, side));
        return picture.HasAlpha ? Straight(square) : square;
    }

    // To even at a half, as Python rounds.
    private static int Margin(int length, int side) => (int)Math.Round((length - side) / 2.0, MidpointRounding.ToEven);

    private static byte[] Across(byte[] pixels, int width, int height, BicubicTaps[] taps)
    {
        var narrow = new byte[(long)height * taps.Length * Channels];
        int next = 0;
        for (int y = 0; y < height; y++)
            foreach (BicubicTaps tap in taps)
            {
                Mix(pixels, ((long)y * width + tap.First) * Channels, Channels, tap.Weights, narrow.AsSpan(next, Channels));
                next += Channels;
            }
        return narrow;
    }

    private static byte[] Down(byte[] narrow, int side, BicubicTaps[] taps)
    {
        var square = new byte[side * taps.Length * Channels];
        int next = 0;
        foreach (BicubicTaps tap in taps)
            for (int x = 0; x < side; x++)
            {
                Mix(narrow, ((long)tap.First * side + x) * Channels, side * Channels, tap.Weights, square.AsSpan(next, Channels));
                next += Channels;
            }
        return square;
    }

    private static void Mix(byte[] pixels, long at, int step, int[] weights, Span<byte> target)
    {
        const int half = 1 << (BicubicTaps.Bits - 1);
        (int red, int green, int blue, int alpha) = (half, half, half, half);
        foreach (int weight in weights)
        {
            red += pixels[at] * weight;
            green += pixels[at + 1] * weight;
            blue += pixels[at + 2] * weight;
            alpha += pixels[at + 3] * weight;
            at += step;
        }
        target[0] = Byte(red);
        target[1] = Byte(green);
        target[2] = Byte(blue);
        target[3] = Byte(alpha);
    }

    private static byte Byte(int sum) => (byte)Math.Clamp(sum >> BicubicTaps.Bits, 0, byte.MaxValue);

    private static byte[] Columns(byte[] pixels, int width, int height, int left, int side)
    {
        if (width == side)
            return pixels;
        var narrow = new byte[(long)height * side * Channels];
        for (int y = 0; y < height; y++)
            pixels.AsSpan((y * width + left) * Channels, side * Channels).CopyTo(narrow.AsSpan(y * side * Channels));
        return narrow;
    }

    private static byte[] Pick(PicturePixels picture, int width, int height, int left, int top, int side)
    {
        int[] columns = Nearest(picture.Width, width, left, side), rows = Nearest(picture.Height, height, top, side);
        var square = new byte[side * side * Channels];
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
                picture.Bytes.AsSpan((rows[y] * picture.Width + columns[x]) * Channels, Channels).CopyTo(square.AsSpan((y * side + x) * Channels));
        return square;
    }

    // The places are summed up, not multiplied: so are Pillow's.
    private static int[] Nearest(int length, int scaled, int from, int count)
    {
        double scale = (double)length / scaled, place = scale * 0.5;
        var nearest = new int[count];
        for (int i = 0; i < from + count; i++)
        {
            if (i >= from)
                nearest[i - from] = Math.Min(length - 1, (int)place);
            place += scale;
        }
        return nearest;
    }

    private static byte[] Premultiplied(byte[] pixels)
    {
        var product = new byte[pixels.Length];
        for (int i = 0; i < pixels.Length; i += Channels)
        {
            byte alpha = product[i + 3] = pixels[i + 3];
            for (int channel = 0; channel < 3; channel++)
            {
                int rounded = pixels[i + channel] * alpha + 128;
                product[i + channel] = (byte)(((rounded >> 8) + rounded) >> 8);
            }
        }
        return product;
    }

    private static byte[] Straight(byte[] product)
    {
        for (int i = 0; i < product.Length; i += Channels)
        {
            byte alpha = product[i + 3];
            if (alpha is 0 or byte.MaxValue)
                continue;
            for (int channel = 0; channel < 3; channel++)
                product[i + channel] = (byte)Math.Min(byte.MaxValue, byte.MaxValue * product[i + channel] / alpha);
        }
        return product;
    }
}
