using ModalityGap.Numerics;

namespace ModalityGap.Tests.Numerics;

/// <summary>Keeps every product that it sees, and how often.</summary>
internal sealed class CopyVisitor(int rows, int columns) : ITileVisitor
{
    public float[,] Values { get; } = new float[rows, columns];

    public int[,] Seen { get; } = new int[rows, columns];

    public StripVisitor Open(int firstColumn, int count) => new Strip(this);

    private sealed class Strip(CopyVisitor owner) : StripVisitor
    {
        public override unsafe void Visit(in Tile tile)
        {
            for (int r = 0; r < tile.Rows; r++)
                for (int c = tile.FirstCounted(r); c < tile.Columns; c++)
                {
                    owner.Values[tile.FirstRow + r, tile.FirstColumn + c] = tile.Row(r)[c];
                    owner.Seen[tile.FirstRow + r, tile.FirstColumn + c]++;
                }
        }
    }
}
