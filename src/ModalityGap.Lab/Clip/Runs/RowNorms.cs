namespace ModalityGap.Lab.Clip.Runs;

/// <summary>Sets rows to norm 1.</summary>
internal static class RowNorms
{
    /// <summary>In place; a row of zeros stays.</summary>
    public static void SetToOne(Span<float> rows, int dimensions)
    {
        for (; !rows.IsEmpty; rows = rows[dimensions..])
        {
            Span<float> row = rows[..dimensions];
            double squares = 0;
            foreach (float value in row)
                squares += (double)value * value;
            if (squares == 0)
                continue;
            double norm = Math.Sqrt(squares);
            foreach (ref float value in row)
                value = (float)(value / norm);
        }
    }
}
