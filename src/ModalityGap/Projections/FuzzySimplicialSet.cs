using ModalityGap.Numerics;

namespace ModalityGap.Projections;

/// <summary>
/// The graph that UMAP lays out: i and j are joined with weight a + b - ab, a and b the degrees to which each holds the other for its
/// neighbour, exp(-max(0, d - ρ) / σ). Compressed rows, targets ascending, weights in (0, 1]. McInnes, Healy and Melville 2018, section 3.1.
/// </summary>
internal sealed class FuzzySimplicialSet
{
    private FuzzySimplicialSet(int[] starts, int[] targets, double[] weights)
    {
        Starts = starts;
        Targets = targets;
        Weights = weights;
    }

    /// <summary>Where the edges of each row begin; n + 1 entries.</summary>
    public int[] Starts { get; }

    /// <summary>The other end of each edge.</summary>
    public int[] Targets { get; }

    /// <summary>The weight of each edge.</summary>
    public double[] Weights { get; }

    /// <summary>n.</summary>
    public int Rows => Starts.Length - 1;

    /// <summary>Builds the graph.</summary>
    /// <param name="neighbours">The nearest other rows of each row.</param>
    /// <param name="work">How to work.</param>
    public static FuzzySimplicialSet Of(NearestNeighbours neighbours, WorkContext work)
    {
        int n = neighbours.Rows, k = neighbours.K;
        var memberships = new double[(long)n * k];
        var scale = new NeighbourScale(neighbours);
        work.ForEach(n, i => scale.Memberships(i, memberships.AsSpan(i * k, k)));
        (int[] into, int[] sources, double[] degrees) = Reversed(neighbours, memberships);
        List<int> targets = new(2 * n * k);
        List<double> weights = new(2 * n * k);
        int[] starts = new int[n + 1], own = new int[k];
        double[] ownDegrees = new double[k];
        for (int i = 0; i < n; i++)
        {
            neighbours.Of(i).CopyTo(own);
            memberships.AsSpan(i * k, k).CopyTo(ownDegrees);
            Array.Sort(own, ownDegrees);
            for (int p = 0, q = into[i]; p < k || q < into[i + 1];)
            {
                int ahead = p < k ? own[p] : n, back = q < into[i + 1] ? sources[q] : n;
                double a = ahead <= back ? ownDegrees[p++] : 0, b = back <= ahead ? degrees[q++] : 0;
                double weight = a + b - a * b;
                if (weight > 0)
                {
                    targets.Add(Math.Min(ahead, back));
                    weights.Add(weight);
                }
            }
            starts[i + 1] = targets.Count;
        }
        return new FuzzySimplicialSet(starts, [.. targets], [.. weights]);
    }

    // Who holds i for a neighbour, sources ascending.
    private static (int[] Starts, int[] Sources, double[] Degrees) Reversed(NearestNeighbours neighbours, double[] memberships)
    {
        int n = neighbours.Rows, k = neighbours.K;
        int[] starts = new int[n + 1], sources = new int[memberships.Length];
        double[] degrees = new double[memberships.Length];
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
                degrees[at] = memberships[i * k + p];
            }
        return (starts, sources, degrees);
    }
}
