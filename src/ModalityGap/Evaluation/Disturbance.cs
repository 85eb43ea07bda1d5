using System.Globalization;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>What storage or noise does to rows; afterwards they have norm 1 again.</summary>
/// <param name="Id">Its name in results, such as <c>int8</c>.</param>
/// <param name="OfDocuments">Whether the indexed rows suffer too, as they do when an index stores fewer bits.</param>
/// <param name="Disturb">Changes the row; the row's number, all rows, and the randomness of this row.</param>
internal sealed record Disturbance(string Id, bool OfDocuments, Disturbance.Change Disturb)
{
    /// <summary>Changes a copy of a row.</summary>
    public delegate void Change(Span<float> row, Range range, RandomStream random);

    /// <summary>Variances of the noise of each coordinate (arXiv 2603.29080).</summary>
    private static readonly double[] Variances = [0.005, 0.022, 0.040];

    private static readonly int[] Bins = [32, 64, 128, 256];

    /// <summary>Noise in the queries, then forms in which an index may store rows, the coarsest last.</summary>
    public static IReadOnlyList<Disturbance> All { get; } =
    [
        .. Variances.Select(variance => new Disturbance(
            string.Create(CultureInfo.InvariantCulture, $"noise-{variance:0.000}"), false, (row, _, random) => AddNoise(row, Math.Sqrt(variance), random))),
        new("float16", true, (row, _, _) => RoundToHalf(row)),
        new("int8", true, (row, _, _) => RoundToSignedBytes(row)),
        .. Bins.OrderDescending().Select(bins => new Disturbance(
            string.Create(CultureInfo.InvariantCulture, $"bins-{bins}"), true, (row, range, _) => RoundToBins(row, range, bins))),
        new("sign", true, (row, _, _) => KeepSigns(row)),
    ];

    /// <summary>A disturbed copy of the rows.</summary>
    public RowMatrix Of(RowMatrix rows, RandomStream random, WorkContext work)
    {
        Range range = Range.Of(rows.Values);
        float[] values = [.. rows.Values];
        work.ForEach(rows.Rows, i =>
        {
            Span<float> row = values.AsSpan(i * rows.Dimensions, rows.Dimensions);
            Disturb(row, range, random.Fork("row", i));
            Normalize(row);
        });
        return new RowMatrix(values, rows.Rows, rows.Dimensions);
    }

    private static void AddNoise(Span<float> row, double deviation, RandomStream random)
    {
        for (int k = 0; k < row.Length; k++)
            row[k] = (float)(row[k] + deviation * random.NextNearlyNormal());
    }

    private static void RoundToHalf(Span<float> row)
    {
        for (int k = 0; k < row.Length; k++)
            row[k] = (float)(Half)row[k];
    }

    // A scale for each row: its largest entry becomes 127.
    private static void RoundToSignedBytes(Span<float> row)
    {
        float largest = 0;
        foreach (float value in row)
            largest = MathF.Max(largest, MathF.Abs(value));
        if (largest == 0)
            return;
        for (int k = 0; k < row.Length; k++)
            row[k] = MathF.Round(row[k] / largest * 127);
    }

    // Bins of equal width over all values of the set; a value becomes the middle of its bin.
    private static void RoundToBins(Span<float> row, Range range, int bins)
    {
        double width = (range.Highest - range.Lowest) / (double)bins;
        if (width == 0)
            return;
        for (int k = 0; k < row.Length; k++)
            row[k] = (float)(range.Lowest + (Math.Min(bins - 1, Math.Floor((row[k] - range.Lowest) / width)) + 0.5) * width);
    }

    private static void KeepSigns(Span<float> row)
    {
        for (int k = 0; k < row.Length; k++)
            row[k] = row[k] < 0 ? -1 : 1;
    }

    // A row that rounding made zero keeps no direction: every product with it is 0.
    private static void Normalize(Span<float> row)
    {
        double norm = Math.Sqrt(Dot.Float64(row, (ReadOnlySpan<float>)row));
        if (norm == 0)
            return;
        for (int k = 0; k < row.Length; k++)
            row[k] = (float)(row[k] / norm);
    }

    /// <summary>The smallest and the largest value of all rows.</summary>
    internal readonly record struct Range(float Lowest, float Highest)
    {
        public static Range Of(float[] values)
        {
            (float lowest, float highest) = (float.PositiveInfinity, float.NegativeInfinity);
            foreach (float value in values)
                (lowest, highest) = (MathF.Min(lowest, value), MathF.Max(highest, value));
            return new Range(lowest, highest);
        }
    }
}
