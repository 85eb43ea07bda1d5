using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// The logarithm of a measure of a spectrum, with what its interval needs: by first-order perturbation an eigenvalue's influence is
/// dλ_k = (v_kᵀx_i)² - λ_k, and its gradient g_k makes that the influence of row i on the measure.
/// </summary>
/// <param name="Value">The logarithm of the measure.</param>
/// <param name="Gradient">g_k, its derivative by λ_k.</param>
internal sealed record SpectralFunction(double Value, double[] Gradient)
{
    /// <summary>A bias beyond a tenth of the value is not one that the first order describes, so there is no interval then.</summary>
    private const double LargestBias = 0.1;

    /// <summary>log of the participation ratio (Σλ)²/Σλ².</summary>
    public static SpectralFunction Participation(double[] values)
    {
        double sum = values.Sum(), squares = values.Sum(value => value * value);
        return new SpectralFunction(
            2 * Math.Log(sum) - Math.Log(squares), Array.ConvertAll(values, value => 2 / sum - 2 * value / squares));
    }

    /// <summary>The entropy of p_k = λ_k/Σλ.</summary>
    public static SpectralFunction Entropy(double[] values)
    {
        double sum = values.Sum();
        double entropy = -values.Sum(value => value / sum * Math.Log(value / sum));
        return new SpectralFunction(entropy, Array.ConvertAll(values, value => -(Math.Log(value / sum) + entropy) / sum));
    }

    /// <summary>The entropy of p_k = √λ_k/Σ√λ.</summary>
    public static SpectralFunction RootEntropy(double[] values)
    {
        SpectralFunction ofRoots = Entropy(Array.ConvertAll(values, Math.Sqrt));
        return ofRoots with { Gradient = [.. ofRoots.Gradient.Zip(values, (gradient, value) => gradient / (2 * Math.Sqrt(value)))] };
    }

    /// <summary>
    /// How far the eigenvalues of a sample of n rows move the value on average: sampling pushes λ_j and λ_k apart, by λ_j λ_k / (n (λ_j - λ_k))
    /// for normal rows (Lawley 1956), so together by the sum of (g_j - g_k) times that.
    /// </summary>
    public double Bias(double[] values, int n)
    {
        double sum = 0;
        for (int j = 0; j < values.Length; j++)
            for (int k = j + 1; k < values.Length; k++)
            {
                double apart = values[j] - values[k];
                // Equal eigenvalues have equal derivatives; the quotient's limit matters little among d² terms.
                if (apart > 1e-9 * values[j])
                    sum += (Gradient[j] - Gradient[k]) / apart * values[j] * values[k];
            }
        return sum / n;
    }

    /// <summary>
    /// The measures, exp(Value), each with an interval symmetric in its logarithm that also reaches over the value without its bias. All share one
    /// projection of the rows on the eigenvectors.
    /// </summary>
    public static Estimate[] Estimated(ModalityMoments moments, params SpectralFunction[] functions)
    {
        double[] values = moments.Eigenvalues;
        double[] biases = Array.ConvertAll(functions, function => function.Bias(values, moments.Count));
        int[] judged = [.. Enumerable.Range(0, functions.Length).Where(f => Math.Abs(biases[f]) <= LargestBias)];
        double[][] influences = moments.QuadraticForms([.. judged.Select(f => functions[f].Gradient)]);
        return [.. functions.Select((function, f) => Array.IndexOf(judged, f) is var place and >= 0
            ? function.Estimated(biases[f], influences[place])
            : Estimate.Exact(Math.Exp(function.Value), "no interval: with so few rows the bias of the spectrum outweighs its noise", moments.Count))];
    }

    private Estimate Estimated(double bias, double[] influences)
    {
        double value = Math.Exp(Value);
        if (influences.Length < 3)
            return Estimate.Exact(value, "too few rows for an interval", influences.Length);
        double reach = Estimate.NormalQuantile * Jackknife.StandardError(influences);
        return new Estimate(
            value, value * Math.Exp(-reach - Math.Max(0, bias)), value * Math.Exp(reach - Math.Min(0, bias)), 0.95,
            "influence of each row on the eigenvalues, log scale, widened by the bias", influences.Length);
    }
}
