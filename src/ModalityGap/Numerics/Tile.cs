namespace ModalityGap.Numerics;

/// <summary>
/// A block of cosines x_i·y_j, handed to visitors while it is hot in the cache. Values beyond <see cref="Rows"/> or
/// <see cref="Columns"/>, up to <see cref="TileSweep.TileRows"/> and <see cref="Stride"/>, are zero.
/// </summary>
internal unsafe readonly ref struct Tile(float* values, int firstRow, int rows, int firstColumn, int columns, bool symmetric)
{
    public const int Stride = TileSweep.TileColumns;

    public float* Values { get; } = values;

    /// <summary>i of the first row.</summary>
    public int FirstRow { get; } = firstRow;

    /// <summary>Number of rows that exist.</summary>
    public int Rows { get; } = rows;

    /// <summary>j of the first column.</summary>
    public int FirstColumn { get; } = firstColumn;

    /// <summary>Number of columns that exist.</summary>
    public int Columns { get; } = columns;

    /// <summary>Whether only entries with i &lt; j count, because X and Y are the same rows.</summary>
    public bool UpperTriangleOnly { get; } = symmetric;

    public float* Row(int row) => Values + row * Stride;

    /// <summary>The first column of this row that counts, within the tile; <see cref="Columns"/> if none does.</summary>
    public int FirstCounted(int row) =>
        UpperTriangleOnly ? Math.Clamp(FirstRow + row + 1 - FirstColumn, 0, Columns) : 0;
}
