using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModalityGap.Numerics;

/// <summary>
/// A k x d matrix A, packed once, that multiplies any number of rows: y = A x, on the register tiles of the similarity kernel. Every
/// product has the bits of <see cref="Dot.AsInTile"/>, for a block of rows and for a single one.
/// </summary>
internal sealed unsafe class RowMultiplier
{
    /// <summary>Rows that are best multiplied together: a multiple of every register tile's rows.</summary>
    public const int BlockRows = TileSweep.TileRows;

    private readonly RegisterTile register;

    // Panels of the register tile's columns, aligned to 64 bytes in an array that stays where it is: nobody has to give it back.
    private readonly float[] memory;
    private readonly float* panels;

    /// <param name="matrix">A; copied.</param>
    /// <param name="register">The path; default the fastest.</param>
    public RowMultiplier(RowMatrix matrix, RegisterTile? register = null)
    {
        this.register = register ?? RegisterTile.Best;
        (Outputs, Inputs) = (matrix.Rows, matrix.Dimensions);
        int width = this.register.Columns, count = (Outputs + width - 1) / width;
        memory = GC.AllocateUninitializedArray<float>(checked(count * width * Inputs + Lanes.Count), pinned: true);
        var start = (float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        panels = (float*)(((nuint)start + 63) & ~(nuint)63);
        for (int panel = 0; panel < count; panel++)
            Pack(matrix.Values.AsSpan(0, Outputs * Inputs), panel * width, width, new Span<float>(panels + PanelStart(panel), width * Inputs));
    }

    /// <summary>k.</summary>
    public int Outputs { get; }

    /// <summary>d.</summary>
    public int Inputs { get; }

    /// <summary>Writes A x for each row x; for any thread.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="output">n x k.</param>
    public void Multiply(ReadOnlySpan<float> rows, Span<float> output)
    {
        int count = rows.Length / Inputs;
        if (count == 1)
        {
            MultiplyOne(rows, output);
            return;
        }
        for (int first = 0; first < count; first += BlockRows)
        {
            int here = Math.Min(BlockRows, count - first);
            MultiplyBlock(rows.Slice(first * Inputs, here * Inputs), here, output.Slice(first * Outputs, here * Outputs));
        }
    }

    private void MultiplyBlock(ReadOnlySpan<float> rows, int count, Span<float> output)
    {
        int groups = (count + register.Rows - 1) / register.Rows, panelSize = register.Rows * Inputs;
        float[] left = ArrayPool<float>.Shared.Rent(groups * panelSize);
        float* tile = stackalloc float[register.Rows * register.Columns];
        for (int panel = 0; panel < groups; panel++)
            Pack(rows, panel * register.Rows, register.Rows, left.AsSpan(panel * panelSize, panelSize));
        fixed (float* start = left)
        {
            // A panel of A stays in the cache while all rows of the block pass.
            for (int column = 0; column < Outputs; column += register.Columns)
            {
                float* right = panels + PanelStart(column / register.Columns);
                int columns = Math.Min(register.Columns, Outputs - column);
                for (int panel = 0; panel < groups; panel++)
                {
                    register.Multiply(start + panel * panelSize, right, Inputs, tile, register.Columns);
                    int here = Math.Min(register.Rows, count - panel * register.Rows);
                    for (int r = 0; r < here; r++)
                        new ReadOnlySpan<float>(tile + r * register.Columns, columns)
                            .CopyTo(output[((panel * register.Rows + r) * Outputs + column)..]);
                }
            }
        }
        ArrayPool<float>.Shared.Return(left);
        GC.KeepAlive(memory);
    }

    private long PanelStart(int panel) => (long)panel * register.Columns * Inputs;

    // Within a panel the values of one k lie side by side; rows that do not exist are zero.
    private void Pack(ReadOnlySpan<float> rows, int first, int width, Span<float> target)
    {
        int here = Math.Min(width, rows.Length / Inputs - first);
        if (here < width)
            target.Clear();
        for (int r = 0; r < here; r++)
        {
            ReadOnlySpan<float> row = rows.Slice((first + r) * Inputs, Inputs);
            for (int k = 0, at = r; k < row.Length; k++, at += width)
                target[at] = row[k];
        }
    }

    // Columns side by side in registers, each summing in ascending k; four registers at once hide how long a sum takes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyOne(ReadOnlySpan<float> row, Span<float> output)
    {
        const int width = 8, together = 4;
        float* lanes = stackalloc float[together * width];
        int stride = register.Columns, chunks = (Outputs + width - 1) / width;
        for (int chunk = 0; chunk < chunks; chunk += together)
        {
            // What is beyond the last column is computed again and not used.
            float* a = Chunk(chunk), b = Chunk(Math.Min(chunk + 1, chunks - 1)), c = Chunk(Math.Min(chunk + 2, chunks - 1)), e = Chunk(Math.Min(chunk + 3, chunks - 1));
            Vector256<float> sumA = default, sumB = default, sumC = default, sumE = default;
            for (int k = 0; k < row.Length; k++, a += stride, b += stride, c += stride, e += stride)
            {
                Vector256<float> x = Vector256.Create(row[k]);
                sumA = Vector256.MultiplyAddEstimate(x, Vector256.Load(a), sumA);
                sumB = Vector256.MultiplyAddEstimate(x, Vector256.Load(b), sumB);
                sumC = Vector256.MultiplyAddEstimate(x, Vector256.Load(c), sumC);
                sumE = Vector256.MultiplyAddEstimate(x, Vector256.Load(e), sumE);
            }
            sumA.Store(lanes);
            sumB.Store(lanes + width);
            sumC.Store(lanes + 2 * width);
            sumE.Store(lanes + 3 * width);
            int column = chunk * width;
            new ReadOnlySpan<float>(lanes, Math.Min(together * width, Outputs - column)).CopyTo(output[column..]);
        }
        GC.KeepAlive(memory);

        float* Chunk(int index) => panels + PanelStart(index * width / stride) + index * width % stride;
    }
}
