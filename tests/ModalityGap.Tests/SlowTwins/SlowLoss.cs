namespace ModalityGap.Tests.SlowTwins;

/// <summary>The contrastive loss as it is defined, in float64.</summary>
internal static class SlowLoss
{
    /// <summary>Cross-entropy of the diagonal, mean over rows.</summary>
    public static double OverRows(double[,] cosines, double temperature) => OverRows(cosines, temperature, 0, cosines.GetLength(0));

    public static double OverColumns(double[,] cosines, double temperature) =>
        OverRows(Transposed(cosines), temperature);

    /// <summary>The same in consecutive batches; the mean over batches.</summary>
    public static double Batched(double[,] cosines, double temperature, int size)
    {
        int n = cosines.GetLength(0);
        List<double> batches = [];
        for (int start = 0; start < n; start += size)
            batches.Add(OverRows(cosines, temperature, start, Math.Min(size, n - start)));
        return batches.Average();
    }

    public static double[,] Transposed(double[,] table)
    {
        var turned = new double[table.GetLength(1), table.GetLength(0)];
        for (int i = 0; i < table.GetLength(0); i++)
            for (int j = 0; j < table.GetLength(1); j++)
                turned[j, i] = table[i, j];
        return turned;
    }

    private static double OverRows(double[,] cosines, double temperature, int start, int count)
    {
        double total = 0;
        for (int i = start; i < start + count; i++)
        {
            double largest = double.NegativeInfinity, sum = 0;
            for (int j = start; j < start + count; j++)
                largest = Math.Max(largest, cosines[i, j] / temperature);
            for (int j = start; j < start + count; j++)
                sum += Math.Exp(cosines[i, j] / temperature - largest);
            total += largest + Math.Log(sum) - cosines[i, i] / temperature;
        }
        return total / count;
    }
}
