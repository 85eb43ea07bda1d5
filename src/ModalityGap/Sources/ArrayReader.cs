namespace ModalityGap.Sources;

/// <summary>Reads the elements of an array into one block of float32 rows per modality.</summary>
internal sealed class ArrayReader
{
    private readonly StoredArray array;
    private readonly ArrayForm form;
    private readonly float[][] values;

    private ArrayReader(StoredArray array, ArrayForm form, float[][] values)
    {
        this.array = array;
        this.form = form;
        this.values = values;
    }

    /// <summary>The values of each modality, row-major.</summary>
    public static float[][] Read(SourceFile file, StoredArray array, CancellationToken cancellation)
    {
        ArrayForm form = array.Form ?? throw new ArgumentException("The array has a fault.", nameof(array));
        var values = new float[form.Modalities][];
        for (int m = 0; m < values.Length; m++)
            values[m] = file.AllocateValues(form.Rows * form.Dimensions);
        var reader = new ArrayReader(array, form, values);
        array.Bytes.ReadBlocks(array.DataOffset, array.FortranOrder ? reader.Scatter : reader.Append, cancellation);
        return values;
    }

    /// <summary>In C order the modalities lie one after the other, each as it is wanted.</summary>
    private void Append(long offset, Span<byte> block)
    {
        int size = array.Type.Size;
        long perModality = form.Rows * form.Dimensions;
        for (long element = offset / size; !block.IsEmpty;)
        {
            (long modality, long at) = Math.DivRem(element, perModality);
            int count = (int)Math.Min(block.Length / size, perModality - at);
            NumberConversion.ToSingle(array.Type, block[..(count * size)], values[modality].AsSpan((int)at, count));
            block = block[(count * size)..];
            element += count;
        }
    }

    /// <summary>In Fortran order the first axis runs fastest: the modality, then the row, then the dimension.</summary>
    private void Scatter(long offset, Span<byte> block)
    {
        const int Part = 1024;
        int size = array.Type.Size;
        Span<float> converted = stackalloc float[Part];
        for (long element = offset / size; !block.IsEmpty;)
        {
            int count = Math.Min(block.Length / size, Part);
            NumberConversion.ToSingle(array.Type, block[..(count * size)], converted);
            for (int i = 0; i < count; i++, element++)
            {
                (long rest, long modality) = Math.DivRem(element, form.Modalities);
                (long dimension, long row) = Math.DivRem(rest, form.Rows);
                values[modality][(row * form.Dimensions) + dimension] = converted[i];
            }
            block = block[(count * size)..];
        }
    }
}
