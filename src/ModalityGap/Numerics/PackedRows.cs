namespace ModalityGap.Numerics;

/// <summary>
/// Rows in the order in which a register tile reads them: panels of g rows, within a panel all rows' value k before any row's value
/// k + 1; rows that do not exist are zero. Aligned to 64 bytes.
/// </summary>
internal sealed unsafe class PackedRows : IDisposable
{
    private readonly int group;
    private readonly int depth;

    public PackedRows(int capacityRows, int group, int depth)
    {
        this.group = group;
        this.depth = depth;
        Panels = (capacityRows + group - 1) / group;
        nuint bytes = checked((nuint)Panels * (nuint)group * (nuint)depth * sizeof(float));
        Values = (float*)System.Runtime.InteropServices.NativeMemory.AlignedAlloc(Math.Max(bytes, 64), 64);
    }

    public int Panels { get; }

    public float* Values { get; private set; }

    public float* Panel(int index) => Values + (long)index * group * depth;

    /// <summary>Packs rows [first, first + count) of the matrix into panel 0 and following; fills the last panel with zeros.</summary>
    public void Pack(RowMatrix matrix, int first, int count)
    {
        for (int panel = 0; panel * group < count; panel++)
            PackPanel(matrix, first + panel * group, Math.Min(group, count - panel * group), Panel(panel));
    }

    /// <summary>Packs one panel in place of a whole matrix.</summary>
    public void PackPanel(RowMatrix matrix, int panel) =>
        PackPanel(matrix, panel * group, Math.Min(group, matrix.Rows - panel * group), Panel(panel));

    private void PackPanel(RowMatrix matrix, int first, int count, float* target)
    {
        fixed (float* values = matrix.Values)
        {
            for (int r = 0; r < group; r++)
            {
                float* to = target + r;
                if (r >= count)
                {
                    for (int k = 0; k < depth; k++, to += group)
                        *to = 0;
                    continue;
                }
                float* from = values + (long)(first + r) * depth;
                for (int k = 0; k < depth; k++, to += group)
                    *to = from[k];
            }
        }
    }

    public void Dispose()
    {
        System.Runtime.InteropServices.NativeMemory.AlignedFree(Values);
        Values = null;
        GC.SuppressFinalize(this);
    }

    ~PackedRows() => Dispose();
}
