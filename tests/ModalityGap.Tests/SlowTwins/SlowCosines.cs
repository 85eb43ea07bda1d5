using ModalityGap.Embeddings;

namespace ModalityGap.Tests.SlowTwins;

/// <summary>Cosines one by one, and what they come to.</summary>
internal static class SlowCosines
{
    public static double Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int k = 0; k < x.Length; k++)
            sum += (double)x[k] * y[k];
        return sum;
    }

    /// <summary>As float32 hardware does it: fused, in ascending k.</summary>
    public static float InFloat32(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        float sum = 0;
        for (int k = 0; k < x.Length; k++)
            sum = MathF.FusedMultiplyAdd(x[k], y[k], sum);
        return sum;
    }

    public static double[,] Table(UnitEmbeddings x, UnitEmbeddings y)
    {
        var table = new double[x.Rows, y.Rows];
        for (int i = 0; i < x.Rows; i++)
            for (int j = 0; j < y.Rows; j++)
                table[i, j] = Of(x.Row(i), y.Row(j));
        return table;
    }

    public static double[,] TableInFloat32(UnitEmbeddings x, UnitEmbeddings y)
    {
        var table = new double[x.Rows, y.Rows];
        for (int i = 0; i < x.Rows; i++)
            for (int j = 0; j < y.Rows; j++)
                table[i, j] = InFloat32(x.Row(i), y.Row(j));
        return table;
    }

    public static double[] OffDiagonal(double[,] table)
    {
        List<double> values = [];
        for (int i = 0; i < table.GetLength(0); i++)
            for (int j = 0; j < table.GetLength(1); j++)
                if (i != j)
                    values.Add(table[i, j]);
        return [.. values];
    }

    public static double[] Diagonal(double[,] table) => [.. Enumerable.Range(0, table.GetLength(0)).Select(i => table[i, i])];

    public static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    /// <summary>numpy.percentile with its default, linear interpolation.</summary>
    public static double Percentile(double[] values, double level)
    {
        double[] sorted = [.. values.Order()];
        double position = level * (sorted.Length - 1);
        int below = (int)Math.Floor(position), above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /// <summary>P(matched &gt; unmatched) + P(=)/2 over all combinations.</summary>
    public static double Auc(double[] matched, double[] unmatched)
    {
        double won = 0;
        foreach (double a in matched)
            foreach (double b in unmatched)
                won += a > b ? 1 : a == b ? 0.5 : 0;
        return won / matched.Length / unmatched.Length;
    }
}
