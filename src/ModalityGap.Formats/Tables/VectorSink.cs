using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Tables;

/// <summary>
/// Takes the rows of an embedding column one after the other. The first row tells the number of dimensions; then memory for all rows is
/// taken at once, against the file's allowance.
/// </summary>
internal sealed class VectorSink(SourceFile file, string column, long rows)
{
    private const string Same = "All rows must come from the same model.";

    private readonly FloatBlocks first = new();
    private readonly string column = Shown.Name(column);
    private float[] values = [];
    private int dimensions;
    private long used;
    private long taken;

    /// <summary>Number of rows that were begun.</summary>
    public long Rows { get; private set; }

    public int Dimensions => dimensions;

    /// <summary>Begins a row, and so ends the one before.</summary>
    public void StartRow()
    {
        EndRow();
        Rows++;
        taken = 0;
        if (Rows > rows)
            throw file.Fault($"column {column} has more rows than the {Shown.Count(rows)} that the file announces.", "Write the file again.");
    }

    /// <summary>Adds values to the row at hand.</summary>
    public void Append(ReadOnlySpan<float> part)
    {
        if (Rows == 0)
            throw file.Fault($"column {column} begins inside a row.", "The file is damaged: write it again.");
        taken += part.Length;
        if (Rows == 1)
        {
            AppendFirst(part);
            return;
        }
        if (taken > dimensions)
            throw Ragged();
        part.CopyTo(values.AsSpan((int)used));
        used += part.Length;
    }

    /// <summary>Adds whole rows that lie one after the other.</summary>
    public void AppendRows(ReadOnlySpan<float> block, int width)
    {
        for (; !block.IsEmpty; block = block[width..])
        {
            StartRow();
            Append(block[..width]);
        }
    }

    /// <summary>A refusal of the row at hand, counted from 0.</summary>
    public EmbeddingDataException Fault(string fault, string remedy) => file.Fault($"row {Rows - 1} of column {column} {fault}.", remedy);

    /// <summary>A refusal of a row without a value.</summary>
    public EmbeddingDataException Missing() =>
        Fault("is null, empty, or has a null among its values", "Leave that item out of the file, or encode it again.");

    /// <summary>All values.</summary>
    public float[] Finish()
    {
        EndRow();
        if (Rows != rows || rows == 0)
            throw rows == 0
                ? file.Fault("it is empty: it holds no rows.", "Check that the export finished.")
                : file.Fault($"column {column} has {Shown.Count(Rows)} rows, the file announces {Shown.Count(rows)}.", "Write the file again.");
        return values;
    }

    private void AppendFirst(ReadOnlySpan<float> part)
    {
        if (taken > ArrayForm.MostDimensions)
            throw Fault($"has more than {Shown.Count(ArrayForm.MostDimensions)} values: more than any embedding", "Give one row per item.");
        foreach (float value in part)
            first.Add(value);
    }

    private void EndRow()
    {
        if (Rows == 0)
            return;
        if (taken == 0)
            throw Missing();
        if (Rows == 1)
            Allocate();
        else if (taken != dimensions)
            throw Ragged();
    }

    private void Allocate()
    {
        if (dimensions > 0)
            return;
        dimensions = (int)first.Count;
        values = file.AllocateValues(rows > long.MaxValue / dimensions ? long.MaxValue : rows * dimensions);
        first.CopyTo(values);
        used = dimensions;
    }

    private EmbeddingDataException Ragged() =>
        Fault(taken > dimensions ? $"has more than the {dimensions} values of row 0" : $"has {taken} values, row 0 has {dimensions}", Same);
}
