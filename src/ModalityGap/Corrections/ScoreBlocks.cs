using System.Buffers;
using ModalityGap.Numerics;

namespace ModalityGap.Corrections;

/// <summary>All scores of one row after the other against a fixed set of rows; a block of rows at a time is held for each thread, never all.</summary>
internal static class ScoreBlocks
{
    /// <summary>Values that a block of scores may hold.</summary>
    private const int MostValues = 1 << 24;

    /// <summary>Looks at the scores of a row.</summary>
    public delegate void Look(int row, ReadOnlySpan<float> scores);

    /// <summary>Calls <paramref name="look"/> once for each row, on any thread.</summary>
    public static void ForEach(RowMultiplier against, float[] rows, WorkContext work, Look look)
    {
        int d = against.Inputs, count = rows.Length / d, together = Together(against);
        work.ForEach((count + together - 1) / together, block =>
        {
            int first = block * together, here = Math.Min(together, count - first);
            ForEach(against, rows.AsSpan(first * d, here * d), first, look);
        });
    }

    /// <summary>The same for a block of rows, on this thread.</summary>
    public static void ForEach(RowMultiplier against, ReadOnlySpan<float> rows, int firstRow, Look look)
    {
        int d = against.Inputs, count = rows.Length / d, together = Together(against);
        float[] scores = ArrayPool<float>.Shared.Rent(Math.Min(count, together) * against.Outputs);
        for (int first = 0; first < count; first += together)
        {
            int here = Math.Min(together, count - first);
            against.Multiply(rows.Slice(first * d, here * d), scores.AsSpan(0, here * against.Outputs));
            for (int r = 0; r < here; r++)
                look(firstRow + first + r, scores.AsSpan(r * against.Outputs, against.Outputs));
        }
        ArrayPool<float>.Shared.Return(scores);
    }

    private static int Together(RowMultiplier against) => Math.Clamp(MostValues / against.Outputs, 1, RowMultiplier.BlockRows);
}
