namespace ModalityGap.Numerics;

/// <summary>Row-major float32 values, n x d; a view, nothing is copied.</summary>
internal readonly struct RowMatrix(float[] values, int rows, int dimensions)
{
    public float[] Values { get; } = values;

    public int Rows { get; } = rows;

    public int Dimensions { get; } = dimensions;

    public ReadOnlySpan<float> Row(int index) => Values.AsSpan(index * Dimensions, Dimensions);
}
