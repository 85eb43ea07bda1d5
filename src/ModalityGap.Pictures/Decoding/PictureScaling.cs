namespace ModalityGap.Pictures.Decoding;

/// <summary>
/// Scales pixels to planes by a triangle filter that grows with the reduction, which is the antialiased bilinear filter of Pillow and
/// torchvision. Single additions and multiplications in one order: the same bytes on every machine.
/// </summary>
internal static class PictureScaling
{
    /// <summary>Red, green and blue.</summary>
    public const int Channels = 3;

    /// <summary>The middle square of a picture.</summary>
    /// <param name="pixels">Red, green, blue and alpha (not premultiplied) of each pixel, row by row.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="side">Height and width of the result.</param>
    /// <returns>Red, green and blue planes of side x side.</returns>
    public static byte[] ToPlanes(byte[] pixels, int width, int height, int side)
    {
        int edge = Math.Min(width, height);
        return Scale(pixels, width, height, FilterTaps.For(width, edge, side), FilterTaps.For(height, edge, side));
    }

    /// <summary>The whole picture in the middle of a square.</summary>
    /// <param name="pixels">As above.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="side">Height and width of the result.</param>
    /// <returns>Red, green, blue and opacity planes of side x side; the opacity is 255 where the picture is, and 0 beside it.</returns>
    public static byte[] ToCell(byte[] pixels, int width, int height, int side)
    {
        int longer = Math.Max(width, height), across = Edge(width), down = Edge(height);
        byte[] planes = Scale(pixels, width, height, FilterTaps.For(width, width, across), FilterTaps.For(height, height, down));
        byte[] cell = new byte[(Channels + 1) * side * side];
        int left = (side - across) / 2, top = (side - down) / 2;
        for (int y = 0; y < down; y++)
        {
            for (int channel = 0; channel < Channels; channel++)
                planes.AsSpan((channel * down + y) * across, across).CopyTo(cell.AsSpan((channel * side + top + y) * side + left));
            cell.AsSpan((Channels * side + top + y) * side + left, across).Fill(byte.MaxValue);
        }
        return cell;

        int Edge(int edge) => Math.Max(1, (int)Math.Round((double)edge * side / longer));
    }

    private static byte[] Scale(byte[] pixels, int width, int height, FilterTaps[] across, FilterTaps[] down)
    {
        float[] narrow = Across(pixels, width, height, across);
        byte[] planes = new byte[Channels * across.Length * down.Length];
        for (int y = 0; y < down.Length; y++)
            for (int x = 0; x < across.Length; x++)
                for (int channel = 0; channel < Channels; channel++)
                    planes[(channel * down.Length + y) * across.Length + x] = Down(narrow, x * Channels + channel, across.Length, down[y]);
        return planes;
    }

    // height x taps x 3 values from 0 to 255.
    private static float[] Across(byte[] pixels, int width, int height, FilterTaps[] taps)
    {
        var narrow = new float[(long)height * taps.Length * Channels];
        int next = 0;
        for (int y = 0; y < height; y++)
        {
            foreach (FilterTaps tap in taps)
            {
                (float red, float green, float blue) = (0, 0, 0);
                for (int t = 0; t < tap.Weights.Length; t++)
                {
                    int at = (y * width + tap.First + t) * 4;
                    float opaque = pixels[at + 3] / 255f, white = 255f - pixels[at + 3], weight = tap.Weights[t];
                    red += weight * (pixels[at] * opaque + white);
                    green += weight * (pixels[at + 1] * opaque + white);
                    blue += weight * (pixels[at + 2] * opaque + white);
                }
                narrow[next++] = red;
                narrow[next++] = green;
                narrow[next++] = blue;
            }
        }
        return narrow;
    }

    private static byte Down(float[] narrow, int column, int across, FilterTaps taps)
    {
        float sum = 0;
        for (int t = 0; t < taps.Weights.Length; t++)
            sum += taps.Weights[t] * narrow[(taps.First + t) * across * Channels + column];
        return (byte)Math.Clamp(sum + 0.5f, 0f, 255f);
    }
}
