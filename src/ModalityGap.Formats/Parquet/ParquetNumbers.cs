using ModalityGap.Sources;
using ParquetSharp;

namespace ModalityGap.Formats.Parquet;

/// <summary>Takes a column of numbers that is one dimension of all rows.</summary>
internal sealed class ParquetNumbers(SourceFile file, string column, float[] values, int dimensions, int dimension, long rows)
{
    private long row;

    public void Read(ColumnReader reader, CancellationToken cancellation)
    {
        short full = reader.ColumnDescriptor.MaxDefinitionLevel;
        switch (reader)
        {
            case ColumnReader<float> floats:
                ParquetBatches.Read(floats, (definitions, _, batch) => Put(definitions, batch, full, value => value), cancellation);
                break;
            case ColumnReader<double> doubles:
                ParquetBatches.Read(doubles, (definitions, _, batch) => Put(definitions, batch, full, value => (float)value), cancellation);
                break;
            case ColumnReader<FixedLenByteArray> halves when ParquetColumns.IsHalf(reader.ColumnDescriptor):
                ParquetBatches.Read(halves, (definitions, _, batch) => Put(definitions, batch, full, ParquetVectors.ToSingle), cancellation);
                break;
            default:
                throw new InvalidDataException("the column's data is not of the type that its schema says");
        }
    }

    public void Finish()
    {
        if (row != rows)
            throw file.Fault(
                $"column {Shown.Name(column)} has {Shown.Count(row)} rows, the file announces {Shown.Count(rows)}.", "Write the file again.");
    }

    private void Put<T>(ReadOnlySpan<short> definitions, ReadOnlySpan<T> batch, short full, Func<T, float> convert)
    {
        int at = 0;
        foreach (short level in definitions)
        {
            if (level != full)
                throw file.Fault(
                    $"row {row} of column {Shown.Name(column)} is null.", "Leave that item out of the file, or encode it again.");
            if (row == rows)
                throw file.Fault(
                    $"column {Shown.Name(column)} has more rows than the {Shown.Count(rows)} that the file announces.", "Write the file again.");
            values[(row++ * dimensions) + dimension] = convert(batch[at++]);
        }
    }
}
