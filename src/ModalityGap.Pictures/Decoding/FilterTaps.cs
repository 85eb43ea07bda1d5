namespace ModalityGap.Pictures.Decoding;

/// <summary>The source pixels of one target pixel along one axis.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Weights">Their weights, which sum to 1.</param>
internal sealed record FilterTaps(int First, float[] Weights)
{
    /// <summary>Taps of every target pixel for the middle <paramref name="edge"/> of <paramref name="length"/> source pixels.</summary>
    public static FilterTaps[] For(int length, int edge, int side)
    {
        double scale = (double)edge / side, start = (length - edge) / 2.0, reach = Math.Max(1, scale);
        return [.. Enumerable.Range(0, side).Select(i => At(start + (i + 0.5) * scale, reach, length))];
    }

    private static FilterTaps At(double centre, double reach, int length)
    {
        int first = Math.Max(0, (int)Math.Floor(centre - reach));
        int end = Math.Min(length, (int)Math.Ceiling(centre + reach));
        double[] weights = [.. Enumerable.Range(first, end - first).Select(j => Math.Max(0, 1 - Math.Abs(j + 0.5 - centre) / reach))];
        double sum = 0;
        foreach (double weight in weights)
            sum += weight;
        return new FilterTaps(first, [.. weights.Select(weight => (float)(weight / sum))]);
    }
}
