namespace ModalityGap.Projections;

/// <summary>Who is joined with whom, and how strongly: compressed rows, targets ascending, the same weight in both directions.</summary>
internal sealed class NeighbourGraph
{
    private NeighbourGraph(int[] starts, int[] targets, double[] weights)
    {
        Starts = starts;
        Targets = targets;
        Weights = weights;
    }

    /// <summary>Where the edges of each row begin; n + 1 entries.</summary>
    public int[] Starts { get; }

    /// <summary>The other end of each edge.</summary>
    public int[] Targets { get; }

    /// <summary>The weight of each edge, above 0.</summary>
    public double[] Weights { get; }

    /// <summary>n.</summary>
    public int Rows => Starts.Length - 1;

    /// <summary>Joins rows that hold each other for neighbours, or one the other.</summary>
    /// <param name="neighbours">The nearest other rows of each row.</param>
    /// <param name="degrees">To what degree row i holds its p-th neighbour for one, entry i k + p.</param>
    /// <param name="join">The weight from both degrees, symmetric; 0 for no edge.</param>
    public static NeighbourGraph Join(NearestNeighbours neighbours, double[] degrees, Func<double, double, double> join)
    {
        int n = neighbours.Rows, k = neighbours.K;
        (int[] into, int[] sources, double[] backward) = Reversed(neighbours, degrees);
        List<int> targets = new(2 * n * k);
        List<double> weights = new(2 * n * k);
        int[] starts = new int[n + 1], own = new int[k];
        double[] ownDegrees = new double[k];
        for (int i = 0; i < n; i++)
        {
            neighbours.Of(i).CopyTo(own);
            degrees.AsSpan(i * k, k).CopyTo(ownDegrees);
            Array.Sort(own, ownDegrees);
            for (int p = 0, q = into[i]; p < k || q < into[i + 1];)
            {
                int ahead = p < k ? own[p] : n, back = q < into[i + 1] ? sources[q] : n;
                double a = ahead <= back ? ownDegrees[p++] : 0, b = back <= ahead ? backward[q++] : 0;
                double weight = join(a, b);
                if (weight > 0)
                {
                    targets.Add(Math.Min(ahead, back));
                    weights.Add(weight);
                }
            }
            starts[i + 1] = targets.Count;
        }
        return new NeighbourGraph(starts, [.. targets], [.. weights]);
    }

    // Who holds i for a neighbour, sources ascending.
    private static (int[] Starts, int[] Sources, double[] Degrees) Reversed(NearestNeighbours neighbours, double[] degrees)
    {
        int n = neighbours.Rows, k = neighbours.K;
        int[] starts = new int[n + 1], sources = new int[degrees.Length];
        double[] backward = new double[degrees.Length];
        for (int i = 0; i < n; i++)
            foreach (int j in neighbours.Of(i))
                starts[j + 1]++;
        for (int i = 0; i < n; i++)
            starts[i + 1] += starts[i];
        int[] next = starts[..^1];
        for (int i = 0; i < n; i++)
            for (int p = 0; p < k; p++)
            {
                int at = next[neighbours.Of(i)[p]]++;
                sources[at] = i;
                backward[at] = degrees[i * k + p];
            }
        return (starts, sources, backward);
    }
}
