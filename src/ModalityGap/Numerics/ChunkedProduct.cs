namespace ModalityGap.Numerics;

/// <summary>
/// Σ_k a_ik b_jk over many k: float32 products within chunks of k, which the similarity tile computes, and float64 sums over the chunks.
/// For projections of n rows on random signs; second moments, whose small eigenvalues matter, are <see cref="Float64Product"/>'s.
/// </summary>
internal static class ChunkedProduct
{
    private const int ChunkRows = 1024;

    /// <summary>Fills the chunk [first, first + count) of k: left[i * count + k] and right[j * count + k].</summary>
    public delegate void FillChunk(int first, int count, float[] left, float[] right);

    /// <summary>The m x p sum over n values of k.</summary>
    public static double[] Run(int n, int m, int p, FillChunk fill, WorkContext work)
    {
        var sum = new double[(long)m * p];
        int longest = Math.Min(ChunkRows, n);
        float[] left = new float[m * longest], right = new float[p * longest];
        for (int first = 0; first < n; first += ChunkRows)
        {
            int count = Math.Min(ChunkRows, n - first);
            fill(first, count, left, right);
            var quiet = new WorkContext(work.Threads, null, work.Cancellation);
            TileSweep.Run(new RowMatrix(left, m, count), new RowMatrix(right, p, count), quiet, new Adding(sum, p));
        }
        return sum;
    }

    private sealed class Adding(double[] sum, int columns) : ITileVisitor
    {
        public StripVisitor Open(int firstColumn, int count) => new Strip(sum, columns);

        private sealed class Strip(double[] sum, int columns) : StripVisitor
        {
            // Every entry belongs to one tile, so strips never meet.
            public override unsafe void Visit(in Tile tile)
            {
                for (int r = 0; r < tile.Rows; r++)
                {
                    float* row = tile.Row(r);
                    long target = (long)(tile.FirstRow + r) * columns + tile.FirstColumn;
                    for (int c = 0; c < tile.Columns; c++)
                        sum[target + c] += row[c];
                }
            }
        }
    }
}
