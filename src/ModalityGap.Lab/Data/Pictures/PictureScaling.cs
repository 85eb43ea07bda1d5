namespace ModalityGap.Lab.Data.Pictures;

/// <summary>
/// Scales pixels to square planes by a triangle filter that grows with the reduction, which is the antialiased bilinear filter of Pillow and
/// torchvision. Single additions and multiplications in one order: the same bytes on every machine.
/// </summary>
internal static class PictureScaling
{
    /// <param name="pixels">Red, green, blue and alpha (not premultiplied) of each pixel, row by row.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="side">Height and width of the result.</param>
    /// <returns>Red, green and blue planes of side x side.</returns>
    public static byte[] ToPlanes(byte[] pixels, int width, int height, int side)
    {
        int edge = Math.Min(width, height);
        FilterTaps[] across = FilterTaps.For(width, edge, side), down = FilterTaps.For(height, edge, side);
        float[] narrow = Across(pixels, width, height, across);
        byte[] planes = new byte[ImageTextSet.Channels * side * side];
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
                for (int channel = 0; channel < ImageTextSet.Channels; channel++)
                    planes[(channel * side + y) * side + x] = Down(narrow, x * ImageTextSet.Channels + channel, side, down[y]);
        return planes;
    }

    // height x side x 3 values from 0 to 255.
    private static float[] Across(byte[] pixels, int width, int height, FilterTaps[] taps)
    {
        var narrow = new float[(long)height * taps.Length * ImageTextSet.Channels];
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

    private static byte Down(float[] narrow, int column, int side, FilterTaps taps)
    {
        float sum = 0;
        for (int t = 0; t < taps.Weights.Length; t++)
            sum += taps.Weights[t] * narrow[(taps.First + t) * side * ImageTextSet.Channels + column];
        return (byte)Math.Clamp(sum + 0.5f, 0f, 255f);
    }
}
