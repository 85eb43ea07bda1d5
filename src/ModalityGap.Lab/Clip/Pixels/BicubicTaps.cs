namespace ModalityGap.Lab.Clip.Pixels;

/// <summary>The source pixels of one target pixel along one axis, with weights in whole parts of 2^22 as Pillow has them.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Weights">Their weights.</param>
internal sealed record BicubicTaps(int First, int[] Weights)
{
    /// <summary>Bits after the point: 32, less 8 of a pixel and 2 to spare.</summary>
    public const int Bits = 22;

    /// <summary>Pixels on either side that the cubic reaches, before it grows with the reduction.</summary>
    private const double Reach = 2;

    /// <summary>Keys' cubic with a = -1/2 ("Cubic Convolution Interpolation for Digital Image Processing", 1981).</summary>
    private const double Sharpness = -0.5;

    /// <summary>Taps of the target pixels from <paramref name="from"/> on, of a line that is scaled from one length to another.</summary>
    public static BicubicTaps[] For(int length, int scaled, int from, int count)
    {
        double scale = (double)length / scaled, growth = Math.Max(scale, 1);
        return [.. Enumerable.Range(from, count).Select(i => At((i + 0.5) * scale, growth, length))];
    }

    private static BicubicTaps At(double centre, double growth, int length)
    {
        double support = Reach * growth, narrowing = 1 / growth;
        int first = Math.Max(0, (int)(centre - support + 0.5)), end = Math.Min(length, (int)(centre + support + 0.5));
        double[] weights = [.. Enumerable.Range(first, end - first).Select(j => Cubic((j - centre + 0.5) * narrowing))];
        double sum = 0;
        foreach (double weight in weights)
            sum += weight;
        return new BicubicTaps(first, [.. weights.Select(weight => Rounded(sum == 0 ? weight : weight / sum))]);
    }

    // Away from zero at a half.
    private static int Rounded(double weight) => (int)((weight < 0 ? -0.5 : 0.5) + weight * (1 << Bits));

    private static double Cubic(double x)
    {
        x = Math.Abs(x);
        if (x < 1)
            return ((Sharpness + 2) * x - (Sharpness + 3)) * x * x + 1;
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * Sharpness : 0;
    }
}
