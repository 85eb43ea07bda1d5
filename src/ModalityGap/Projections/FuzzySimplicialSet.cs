using ModalityGap.Numerics;

namespace ModalityGap.Projections;

/// <summary>
/// The graph that UMAP lays out: i and j are joined with weight a + b - ab, a and b the degrees to which each holds the other for its
/// neighbour, exp(-max(0, d - ρ) / σ), in (0, 1]. McInnes, Healy and Melville 2018, section 3.1.
/// </summary>
internal static class FuzzySimplicialSet
{
    /// <summary>Builds the graph.</summary>
    /// <param name="neighbours">The nearest other rows of each row.</param>
    /// <param name="work">How to work.</param>
    public static NeighbourGraph Of(NearestNeighbours neighbours, WorkContext work)
    {
        int k = neighbours.K;
        var memberships = new double[(long)neighbours.Rows * k];
        var scale = new NeighbourScale(neighbours);
        work.ForEach(neighbours.Rows, i => scale.Memberships(i, memberships.AsSpan(i * k, k)));
        return NeighbourGraph.Join(neighbours, memberships, (a, b) => a + b - a * b);
    }
}
