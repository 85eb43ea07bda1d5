using Apache.Arrow;
using ModalityGap.Formats.Tables;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Arrow;

/// <summary>Takes columns of numbers, each one dimension of all rows.</summary>
internal sealed class ArrowSpread(SourceFile file, VectorSource source, long rows) : ArrowVectors
{
    private readonly float[] values =
        file.AllocateValues(rows > long.MaxValue / source.Columns.Count ? long.MaxValue : rows * source.Columns.Count);
    private readonly long[] filled = new long[source.Columns.Count];
    private readonly Dictionary<int, int> dimensionOf = source.Columns.Select((column, d) => (column.Index, d)).ToDictionary();
    private float[] room = [];

    public override string ElementType => source.Columns[0].Type;

    public override void Take(ArrayData data, TableColumn column, int rows)
    {
        int d = dimensionOf[column.Index];
        if (ArrowNulls.First(data, 0, rows) is int hole and >= 0)
            throw file.Fault(
                $"row {filled[d] + hole} of column {Shown.Name(column.Name)} is null.", "Leave that item out of the file, or encode it again.");
        foreach (float value in Floats(data, 0, rows, ref room))
            values[(filled[d]++ * filled.Length) + d] = value;
    }

    public override (float[] Values, int Dimensions) Finish() => filled.All(count => count == rows)
        ? (values, filled.Length)
        : throw file.Fault($"its columns have fewer rows than the {Shown.Count(rows)} that its batches announce.", "Write the file again.");
}
