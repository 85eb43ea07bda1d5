namespace ModalityGap.Projections;

/// <summary>
/// How near a neighbour is by a row's own standard: ρ is the distance of the nearest neighbour that is not equal, and σ is such that the
/// degrees exp(-max(0, d - ρ) / σ) of k - 1 neighbours sum to log2 k.
/// </summary>
internal sealed class NeighbourScale
{
    private const int Halvings = 64;

    private const double Tolerance = 1e-5;

    // σ is at least this share of a mean distance, as in umap-learn: neighbours that are all equally far must not fall to nothing.
    private const double LeastShare = 1e-3;

    private readonly NearestNeighbours neighbours;
    private readonly double meanDistance;

    public NeighbourScale(NearestNeighbours neighbours)
    {
        this.neighbours = neighbours;
        double sum = 0;
        for (int i = 0; i < neighbours.Rows; i++)
            foreach (double distance in neighbours.Distances(i))
                sum += distance;
        meanDistance = sum / ((double)neighbours.Rows * (neighbours.K + 1));
    }

    /// <summary>Writes the degrees, in (0, 1], to which the neighbours of row i are neighbours.</summary>
    public void Memberships(int i, Span<double> degrees)
    {
        ReadOnlySpan<double> distances = neighbours.Distances(i);
        double nearest = 0, sum = 0;
        foreach (double distance in distances)
        {
            sum += distance;
            if (nearest == 0)
                nearest = distance;
        }
        double least = LeastShare * (nearest > 0 ? sum / (distances.Length + 1) : meanDistance);
        double sigma = Math.Max(Sigma(distances, nearest), least);
        for (int p = 0; p < degrees.Length; p++)
            degrees[p] = Degree(distances[p] - nearest, sigma);
    }

    private static double Sigma(ReadOnlySpan<double> distances, double nearest)
    {
        double target = Math.Log2(distances.Length + 1), low = 0, high = double.PositiveInfinity, sigma = 1;
        for (int step = 0; step < Halvings; step++)
        {
            double sum = 0;
            foreach (double distance in distances)
                sum += Degree(distance - nearest, sigma);
            if (Math.Abs(sum - target) < Tolerance)
                break;
            if (sum > target)
                high = sigma;
            else
                low = sigma;
            sigma = double.IsInfinity(high) ? 2 * sigma : (low + high) / 2;
        }
        return sigma;
    }

    private static double Degree(double beyond, double sigma) => beyond <= 0 || sigma == 0 ? 1 : Math.Exp(-beyond / sigma);
}
