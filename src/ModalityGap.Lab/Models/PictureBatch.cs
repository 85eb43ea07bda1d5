using ModalityGap.Lab.Data;
using ModalityGap.Statistics;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Models;

/// <summary>Pictures as the image tower reads them: values from -1 to 1.</summary>
internal static class PictureBatch
{
    private const float White = 1;

    private const double LargestShift = 0.10, SmallestScale = 0.80, LargestScale = 1.15, LargestTurn = 0.20, LargestGain = 0.30;

    /// <summary>n x 3 x side x side, as they are.</summary>
    public static Tensor Plain(ImageTextSet set, IReadOnlyList<int> images)
    {
        int size = ImageTextSet.Channels * set.Side * set.Side;
        var values = new float[images.Count * size];
        Parallel.For(0, images.Count, i =>
        {
            byte[] pixels = set.Pixels[images[i]];
            Span<float> target = values.AsSpan(i * size, size);
            for (int k = 0; k < size; k++)
                target[k] = Value(pixels[k]);
        });
        return tensor(values, [images.Count, ImageTextSet.Channels, set.Side, set.Side]);
    }

    /// <summary>The same, each shifted, scaled, turned a little and its channels brightened or darkened; what lies outside is white.</summary>
    public static Tensor Augmented(ImageTextSet set, IReadOnlyList<int> images, RandomStream random)
    {
        int size = ImageTextSet.Channels * set.Side * set.Side;
        var values = new float[images.Count * size];
        Parallel.For(0, images.Count, i => Draw(set.Pixels[images[i]], set.Side, random.Fork("picture", i), values.AsSpan(i * size, size)));
        return tensor(values, [images.Count, ImageTextSet.Channels, set.Side, set.Side]);
    }

    private static void Draw(byte[] pixels, int side, RandomStream random, Span<float> target)
    {
        double Between(double low, double high) => low + (high - low) * random.NextUniform();
        double scale = 1 / Between(SmallestScale, LargestScale), turn = Between(-LargestTurn, LargestTurn);
        double cosine = scale * Math.Cos(turn), sine = scale * Math.Sin(turn), middle = (side - 1) / 2.0;
        double shiftX = side * Between(-LargestShift, LargestShift), shiftY = side * Between(-LargestShift, LargestShift);
        double brightness = Between(1 - LargestGain, 1 + LargestGain);
        Span<float> gains = stackalloc float[ImageTextSet.Channels];
        foreach (ref float gain in gains)
            gain = (float)(brightness * Between(1 - LargestGain / 3, 1 + LargestGain / 3));
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
            {
                double fromX = cosine * (x - middle) - sine * (y - middle) + middle + shiftX;
                double fromY = sine * (x - middle) + cosine * (y - middle) + middle + shiftY;
                Interpolate(pixels, side, fromX, fromY, gains, target[(y * side + x)..]);
            }
    }

    // Bilinear, one value a channel; planes are side * side apart.
    private static void Interpolate(byte[] pixels, int side, double x, double y, ReadOnlySpan<float> gains, Span<float> target)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        float right = (float)(x - left), bottom = (float)(y - top);
        for (int channel = 0; channel < ImageTextSet.Channels; channel++)
        {
            int plane = channel * side * side;
            float value = (1 - bottom) * ((1 - right) * At(left, top) + right * At(left + 1, top))
                + bottom * ((1 - right) * At(left, top + 1) + right * At(left + 1, top + 1));
            // Brightness acts on light, from black at -1; the white around a picture stays what it is where nothing is drawn.
            target[plane] = Math.Clamp((value + 1) * gains[channel] - 1, -1, 1);

            float At(int column, int row) =>
                (uint)column < (uint)side && (uint)row < (uint)side ? Value(pixels[plane + row * side + column]) : White;
        }
    }

    private static float Value(byte pixel) => pixel * (2f / byte.MaxValue) - 1;
}
