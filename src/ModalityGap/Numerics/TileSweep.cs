using System.Runtime.InteropServices;

namespace ModalityGap.Numerics;

/// <summary>
/// Runs through all products X·Yᵀ, tile by tile, without ever holding more than one tile a thread. Threads take strips of columns in
/// ascending order and go down the rows; a strip folds its findings for a block of rows only after the strip before it has done so,
/// which makes every sum's order the same for any number of threads.
/// </summary>
internal sealed unsafe class TileSweep : IDisposable
{
    /// <summary>Rows in a tile: a multiple of every register tile's rows.</summary>
    public const int TileRows = 84;

    /// <summary>Columns in a tile: a multiple of every register tile's columns.</summary>
    public const int TileColumns = 256;

    private readonly RowMatrix x;
    private readonly RowMatrix y;
    private readonly bool symmetric;
    private readonly RegisterTile register;
    private readonly ITileVisitor[] visitors;
    private readonly WorkContext work;
    private readonly PackedRows packedX;
    private readonly int blocks;
    private readonly int strips;
    private readonly int[] folded;
    private int nextStrip = -1;
    private int closed;
    private volatile bool failed;

    private TileSweep(RowMatrix x, RowMatrix y, bool symmetric, ITileVisitor[] visitors, WorkContext work, RegisterTile register)
    {
        if (x.Dimensions != y.Dimensions)
            throw new ArgumentException($"{x.Dimensions} and {y.Dimensions} dimensions have no products.", nameof(y));
        this.x = x;
        this.y = y;
        this.symmetric = symmetric;
        this.visitors = visitors;
        this.work = work;
        this.register = register;
        blocks = (x.Rows + TileRows - 1) / TileRows;
        strips = (y.Rows + TileColumns - 1) / TileColumns;
        packedX = new PackedRows(blocks * TileRows, register.Rows, x.Dimensions);
        folded = new int[blocks];
        for (int block = 0; block < blocks; block++)
            folded[block] = FirstStripOf(block);
    }

    /// <summary>Visits every tile of X·Yᵀ.</summary>
    public static void Run(RowMatrix x, RowMatrix y, WorkContext work, params ITileVisitor[] visitors) =>
        Run(x, y, symmetric: false, work, RegisterTile.Best, visitors);

    /// <summary>Visits the tiles of X·Xᵀ that hold entries above the diagonal.</summary>
    public static void RunSymmetric(RowMatrix x, WorkContext work, params ITileVisitor[] visitors) =>
        Run(x, x, symmetric: true, work, RegisterTile.Best, visitors);

    /// <summary>The same on a chosen path; for tests and benchmarks.</summary>
    public static void Run(
        RowMatrix x, RowMatrix y, bool symmetric, WorkContext work, RegisterTile register, params ITileVisitor[] visitors)
    {
        using var sweep = new TileSweep(x, y, symmetric, visitors, work, register);
        work.ForEach(sweep.packedX.Panels, sweep.PackPanel);
        work.OnEachThread(sweep.strips, sweep.TakeStrips);
    }

    public void Dispose() => packedX.Dispose();

    private void PackPanel(int panel)
    {
        if (panel * register.Rows < x.Rows)
            packedX.PackPanel(x, panel);
        else
            new Span<float>(packedX.Panel(panel), register.Rows * x.Dimensions).Clear();
    }

    private void TakeStrips()
    {
        using var packedY = new PackedRows(TileColumns, register.Columns, y.Dimensions);
        var values = (float*)NativeMemory.AlignedAlloc(TileRows * TileColumns * sizeof(float), 64);
        try
        {
            int strip;
            while ((strip = Interlocked.Increment(ref nextStrip)) < strips && !failed)
                RunStrip(strip, packedY, values);
        }
        catch
        {
            failed = true;
            throw;
        }
        finally
        {
            NativeMemory.AlignedFree(values);
        }
    }

    private void RunStrip(int strip, PackedRows packedY, float* values)
    {
        int first = strip * TileColumns;
        int columns = Math.Min(TileColumns, y.Rows - first);
        packedY.Pack(y, first, columns);
        if (columns < TileColumns)
            new Span<float>(values, TileRows * TileColumns).Clear();
        StripVisitor[] parts = Array.ConvertAll(visitors, visitor => visitor.Open(first, columns));
        int lastBlock = symmetric ? Math.Min(blocks, (first + columns + TileRows - 1) / TileRows) : blocks;
        for (int block = 0; block < lastBlock; block++)
        {
            work.Cancellation.ThrowIfCancellationRequested();
            Multiply(block, columns, packedY, values);
            var tile = new Tile(values, block * TileRows, Math.Min(TileRows, x.Rows - block * TileRows), first, columns, symmetric);
            foreach (StripVisitor part in parts)
                part.Visit(tile);
            if (!WaitUntil(ref folded[block], strip))
                return;
            foreach (StripVisitor part in parts)
                part.Fold(tile);
            Volatile.Write(ref folded[block], strip + 1);
        }
        if (!WaitUntil(ref closed, strip))
            return;
        foreach (StripVisitor part in parts)
            part.Close();
        Volatile.Write(ref closed, strip + 1);
        work.Advance((double)lastBlock / ((long)blocks * strips) * (symmetric ? 2 : 1));
    }

    private void Multiply(int block, int columns, PackedRows packedY, float* values)
    {
        int panelsPerBlock = TileRows / register.Rows;
        int rightPanels = (columns + register.Columns - 1) / register.Columns;
        for (int panel = 0; panel < panelsPerBlock; panel++)
        {
            float* left = packedX.Panel(block * panelsPerBlock + panel);
            float* target = values + panel * register.Rows * TileColumns;
            for (int right = 0; right < rightPanels; right++)
                register.Multiply(left, packedY.Panel(right), x.Dimensions, target + right * register.Columns, TileColumns);
        }
    }

    /// <summary>Waits for the strips before this one; false when another thread has failed.</summary>
    private bool WaitUntil(ref int counter, int value)
    {
        var spin = new SpinWait();
        while (Volatile.Read(ref counter) != value)
        {
            if (failed)
                return false;
            spin.SpinOnce(sleep1Threshold: 200);
        }
        return true;
    }

    private int FirstStripOf(int block) => symmetric ? block * TileRows / TileColumns : 0;
}
