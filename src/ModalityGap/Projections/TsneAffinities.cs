using ModalityGap.Numerics;

namespace ModalityGap.Projections;

/// <summary>
/// The distribution over pairs of rows that t-SNE imitates in the plane: p_ij = (p_{j|i} + p_{i|j}) / 2n with p_{j|i} in proportion to
/// exp(-β_i ‖x_i - x_j‖²) over the 3 · perplexity nearest rows, β_i such that the entropy of row i is log2 perplexity. van der Maaten and
/// Hinton, JMLR 2008, equation 1; the restriction to neighbours from van der Maaten, JMLR 2014, equation 6.
/// </summary>
internal static class TsneAffinities
{
    private const int Halvings = 64;

    private const double Tolerance = 1e-5;

    /// <summary>The graph of p_ij, which sums to 1.</summary>
    /// <param name="rows">Unit rows, n x d, n at least 2.</param>
    /// <param name="perplexity">The perplexity wanted.</param>
    /// <param name="work">How to work.</param>
    public static NeighbourGraph Of(RowMatrix rows, double perplexity, WorkContext work)
    {
        double possible = Math.Max(1, Math.Min(perplexity, (rows.Rows - 1) / 3.0));
        NearestNeighbours neighbours = NearestNeighbours.Find(rows, Math.Max(1, (int)(3 * possible)), work);
        int k = neighbours.K;
        var conditional = new double[(long)rows.Rows * k];
        work.ForEach(rows.Rows, i => Conditional(neighbours.Distances(i), Math.Log(possible), conditional.AsSpan(i * k, k)));
        double twice = 2.0 * rows.Rows;
        return NeighbourGraph.Join(neighbours, conditional, (a, b) => (a + b) / twice);
    }

    /// <summary>Writes p_{j|i} of a row's neighbours.</summary>
    /// <param name="distances">1 - x_i·x_j, half of the squared distance, ascending.</param>
    /// <param name="entropy">The entropy wanted, in nats.</param>
    /// <param name="shares">Where to.</param>
    internal static void Conditional(ReadOnlySpan<double> distances, double entropy, Span<double> shares)
    {
        double low = 0, high = double.PositiveInfinity, beta = 1;
        for (int step = 0; step < Halvings; step++)
        {
            // The nearest distance drops out of the shares and keeps the exponentials from underflowing.
            double sum = 0, weighted = 0;
            for (int p = 0; p < shares.Length; p++)
            {
                double square = 2 * (distances[p] - distances[0]), share = Math.Exp(-beta * square);
                shares[p] = share;
                sum += share;
                weighted += share * square;
            }
            for (int p = 0; p < shares.Length; p++)
                shares[p] /= sum;
            double found = Math.Log(sum) + beta * weighted / sum;
            if (Math.Abs(found - entropy) < Tolerance)
                return;
            if (found > entropy)
                low = beta;
            else
                high = beta;
            beta = double.IsInfinity(high) ? 2 * beta : (low + high) / 2;
        }
    }
}
