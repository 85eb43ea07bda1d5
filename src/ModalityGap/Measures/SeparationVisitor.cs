using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>
/// For each row and each column, how many pairs (a product of it, a matched cosine) there are in which the matched cosine is larger, ties
/// by half: the sums behind the area under the ROC curve and its influences. Counts twice, to stay in whole numbers.
/// </summary>
internal sealed class SeparationVisitor : ITileVisitor
{
    private readonly float[] sorted;
    private readonly int[] firstOfBin;

    /// <param name="matched">Matched cosines, to the bit as in the tile.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    public SeparationVisitor(float[] matched, int rows, int columns)
    {
        sorted = [.. matched.Order()];
        firstOfBin = new int[CosineBins.Count + 1];
        foreach (float cosine in sorted)
            firstOfBin[CosineBins.Of(cosine) + 1]++;
        for (int b = 0; b < CosineBins.Count; b++)
            firstOfBin[b + 1] += firstOfBin[b];
        TwiceWonByRow = new long[rows];
        TwiceWonByColumn = new long[columns];
    }

    public long[] TwiceWonByRow { get; }

    public long[] TwiceWonByColumn { get; }

    /// <summary>Twice the number of matched cosines above this one, plus the number equal to it.</summary>
    public int TwiceAbove(float cosine) => TwiceAbove(cosine, CosineBins.Of(cosine));

    public StripVisitor Open(int firstColumn, int count) => new Strip(this, firstColumn, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int TwiceAbove(float cosine, int bin)
    {
        int above = firstOfBin[bin + 1];
        int twice = 2 * (sorted.Length - above);
        for (int k = firstOfBin[bin]; k < above; k++)
            twice += sorted[k] > cosine ? 2 : sorted[k] == cosine ? 1 : 0;
        return twice;
    }

    private sealed unsafe class Strip(SeparationVisitor owner, int firstColumn, int columns) : StripVisitor
    {
        private readonly long[] rowWon = new long[TileSweep.TileRows];
        private readonly long[] columnWon = new long[Tile.Stride];

        public override void Visit(in Tile tile)
        {
            int* bins = stackalloc int[Lanes.Count];
            for (int r = 0; r < tile.Rows; r++)
            {
                float* row = tile.Row(r);
                long won = 0;
                for (int c = 0; c < tile.Columns; c += Lanes.Count)
                {
                    CosineBins.Of(Vector512.Load(row + c)).Store(bins);
                    int last = Math.Min(Lanes.Count, tile.Columns - c);
                    for (int l = 0; l < last; l++)
                    {
                        int twice = owner.TwiceAbove(row[c + l], bins[l]);
                        won += twice;
                        columnWon[c + l] += twice;
                    }
                }
                rowWon[r] = won;
            }
        }

        public override void Fold(in Tile tile)
        {
            for (int r = 0; r < tile.Rows; r++)
                owner.TwiceWonByRow[tile.FirstRow + r] += rowWon[r];
        }

        public override void Close()
        {
            for (int c = 0; c < columns; c++)
                owner.TwiceWonByColumn[firstColumn + c] = columnWon[c];
        }
    }
}
