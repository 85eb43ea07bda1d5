using ModalityGap.Numerics;

namespace ModalityGap.Tests.Projections;

/// <summary>
/// Sixty rows of eight dimensions by a formula, so that other programs can make the same:
/// <code>
/// i = np.arange(60)[:, None]; k = np.arange(8)[None, :]
/// x = np.sin((i + 1) * (k + 1) * 1.3) + 0.5 * np.cos((i + 1) * (k + 2) * 0.7)
/// x /= np.linalg.norm(x, axis=1, keepdims=True); x = x.astype(np.float32)
/// </code>
/// </summary>
internal static class FormulaRows
{
    public const int Count = 60, Dimensions = 8;

    public static RowMatrix Create()
    {
        var values = new float[Count * Dimensions];
        for (int i = 0; i < Count; i++)
        {
            double[] row = [.. Enumerable.Range(0, Dimensions).Select(k => Math.Sin((i + 1) * (k + 1) * 1.3) + 0.5 * Math.Cos((i + 1) * (k + 2) * 0.7))];
            double norm = Math.Sqrt(row.Sum(value => value * value));
            for (int k = 0; k < Dimensions; k++)
                values[i * Dimensions + k] = (float)(row[k] / norm);
        }
        return new RowMatrix(values, Count, Dimensions);
    }
}
