namespace ModalityGap.Numerics;

/// <summary>
/// Whole rows of X·Yᵀ, one block of rows at a time: for what needs all scores of a query together. Blocks run in parallel; each holds
/// <see cref="TileSweep.TileRows"/> rows and no more.
/// </summary>
internal static class RowScores
{
    /// <summary>Looks at the scores of row i: entry j is x_i·y_j.</summary>
    public delegate void Look(int i, float[][] scores);

    /// <summary>Calls <paramref name="look"/> once per row of X with its scores against each set of documents.</summary>
    public static void ForEachRow(RowMatrix x, IReadOnlyList<RowMatrix> documents, WorkContext work, Look look)
    {
        int blocks = (x.Rows + TileSweep.TileRows - 1) / TileSweep.TileRows;
        var alone = new WorkContext(1, null, work.Cancellation);
        work.ForEach(blocks, block =>
        {
            int first = block * TileSweep.TileRows, count = Math.Min(TileSweep.TileRows, x.Rows - first);
            float[] rows = x.Values.AsSpan(first * x.Dimensions, count * x.Dimensions).ToArray();
            var queries = new RowMatrix(rows, count, x.Dimensions);
            float[][][] scores = new float[documents.Count][][];
            for (int set = 0; set < scores.Length; set++)
            {
                scores[set] = new float[count][];
                for (int r = 0; r < count; r++)
                    scores[set][r] = new float[documents[set].Rows];
                TileSweep.Run(queries, documents[set], alone, new Copying(scores[set]));
            }
            for (int r = 0; r < count; r++)
                look(first + r, Array.ConvertAll(scores, set => set[r]));
            work.Advance(1.0 / blocks);
        });
    }

    private sealed class Copying(float[][] rows) : ITileVisitor
    {
        public StripVisitor Open(int firstColumn, int columns) => new Strip(rows);

        private sealed class Strip(float[][] rows) : StripVisitor
        {
            public override unsafe void Visit(in Tile tile)
            {
                for (int r = 0; r < tile.Rows; r++)
                    new ReadOnlySpan<float>(tile.Row(r), tile.Columns).CopyTo(rows[tile.FirstRow + r].AsSpan(tile.FirstColumn));
            }
        }
    }
}
