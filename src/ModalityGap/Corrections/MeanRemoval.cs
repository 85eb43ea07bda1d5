using ModalityGap.Embeddings;

namespace ModalityGap.Corrections;

/// <summary>
/// Subtracts from every row the mean of its own modality and sets it to norm 1 again: x' = (x - mean x)/‖x - mean x‖, the same for y. The
/// means are learned once, from any sample of each modality (GR-CLIP, Li et al., arXiv 2507.19054; I0T, An et al., ACL 2025).
/// </summary>
public sealed class MeanRemoval : ICorrection
{
    /// <inheritdoc/>
    public string Id => "mean-removal";

    /// <inheritdoc/>
    public string Description => "subtract from every row the mean of its own modality, then set it to norm 1 again";

    /// <inheritdoc/>
    public IFittedCorrection Fit(UnitEmbeddings first, UnitEmbeddings second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new Fitted(Mean(first), Mean(second));
    }

    private static double[] Mean(UnitEmbeddings rows)
    {
        var mean = new double[rows.Dimensions];
        for (int i = 0; i < rows.Rows; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int k = 0; k < mean.Length; k++)
                mean[k] += row[k];
        }
        return Array.ConvertAll(mean, sum => sum / rows.Rows);
    }

    private sealed class Fitted(double[] firstMean, double[] secondMean) : IFittedCorrection
    {
        public UnitEmbeddings ApplyToFirst(UnitEmbeddings rows) => Subtract(rows, firstMean);

        public UnitEmbeddings ApplyToSecond(UnitEmbeddings rows) => Subtract(rows, secondMean);

        private static UnitEmbeddings Subtract(UnitEmbeddings rows, double[] mean)
        {
            ArgumentNullException.ThrowIfNull(rows);
            var values = new float[rows.Rows * rows.Dimensions];
            for (int i = 0; i < rows.Rows; i++)
            {
                ReadOnlySpan<float> row = rows.Row(i);
                Span<float> target = values.AsSpan(i * rows.Dimensions, rows.Dimensions);
                for (int k = 0; k < mean.Length; k++)
                    target[k] = (float)(row[k] - mean[k]);
            }
            return rows.WithVectors(values);
        }
    }
}
