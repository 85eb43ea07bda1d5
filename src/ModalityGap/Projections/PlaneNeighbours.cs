using System.Numerics;
using System.Runtime.Intrinsics;
using ModalityGap.Numerics;

namespace ModalityGap.Projections;

/// <summary>The k nearest other points of each point of a plane, exactly: every pair is looked at, eight at a time, none is kept.</summary>
internal static class PlaneNeighbours
{
    private const int BlockRows = 64;

    /// <summary>Finds them: n x k indices, nearest first, equally near ones by index.</summary>
    /// <param name="points">The points.</param>
    /// <param name="k">How many, fewer than there are points.</param>
    /// <param name="work">How to work.</param>
    public static int[] Find(IReadOnlyList<MapPoint> points, int k, WorkContext work)
    {
        int n = points.Count;
        // What lies beyond the last point is infinitely far.
        int padded = (n + 7) / 8 * 8;
        double[] x = new double[padded], y = new double[padded];
        Array.Fill(x, double.PositiveInfinity, n, padded - n);
        for (int i = 0; i < n; i++)
            (x[i], y[i]) = (points[i].X, points[i].Y);
        var found = new int[checked(n * k)];
        work.ForEach((n + BlockRows - 1) / BlockRows, block =>
        {
            double[] squares = new double[k];
            for (int i = block * BlockRows; i < Math.Min(n, (block + 1) * BlockRows); i++)
                FindOne(i, x, y, squares, found.AsSpan(i * k, k));
        });
        return found;
    }

    private static void FindOne(int i, double[] x, double[] y, double[] squares, Span<int> nearest)
    {
        Array.Fill(squares, double.PositiveInfinity);
        Vector512<double> ownX = Vector512.Create(x[i]), ownY = Vector512.Create(y[i]);
        for (int c = 0; c < x.Length; c += 8)
        {
            Vector512<double> dx = Vector512.Create<double>(x.AsSpan(c, 8)) - ownX, dy = Vector512.Create<double>(y.AsSpan(c, 8)) - ownY;
            Vector512<double> square = dx * dx + dy * dy;
            ulong nearer = Vector512.LessThan(square, Vector512.Create(squares[^1])).ExtractMostSignificantBits();
            for (; nearer != 0; nearer &= nearer - 1)
            {
                int lane = BitOperations.TrailingZeroCount(nearer);
                if (c + lane != i)
                    Insert(square[lane], c + lane, squares, nearest);
            }
        }
    }

    // Points come by ascending index: an equally near one goes behind.
    private static void Insert(double square, int index, double[] squares, Span<int> nearest)
    {
        int at = squares.Length;
        for (; at > 0 && squares[at - 1] > square; at--)
            if (at < squares.Length)
                (squares[at], nearest[at]) = (squares[at - 1], nearest[at - 1]);
        if (at < squares.Length)
            (squares[at], nearest[at]) = (square, index);
    }
}
