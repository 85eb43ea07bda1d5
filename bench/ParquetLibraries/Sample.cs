namespace ParquetLibraries;

/// <summary>Rows as embeddings are: noise that does not compress.</summary>
internal static class Sample
{
    public const int Rows = 100_000;
    public const int Dimensions = 512;

    public static float[] Values()
    {
        var random = new Random(1);
        var values = new float[Rows * Dimensions];
        for (int i = 0; i < values.Length; i++)
            values[i] = (random.NextSingle() - 0.5f) / 16;
        return values;
    }

    public static double Sum(float[] values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return sum;
    }
}
