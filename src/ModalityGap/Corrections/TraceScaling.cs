using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Corrections;

/// <summary>
/// ReAlign: moves the second modality to the mean of the first and scales it to the same total variance,
/// ŷ = ((y - mean y) √(tr S_x / tr S_y) + mean x)/‖·‖; then, because the norm has moved the mean again, y' = (ŷ - mean ŷ + mean x)/‖·‖. The
/// first stays as it is; queries of other modalities take part with their own moments.
/// </summary>
public sealed class TraceScaling : ICorrection
{
    /// <inheritdoc/>
    public CorrectionInfo Info { get; } = new()
    {
        Id = "trace-scaling",
        Name = "Anchor, trace and centroid alignment (ReAlign)",
        Description = "move the rows of the second modality to the mean of the first, scale them to the same total variance, then set them to norm 1 again",
        Formula = "ŷ = ((y - mean y) √(tr S_x/tr S_y) + mean x)/‖·‖, y' = (ŷ - mean ŷ + mean x)/‖·‖; x' = x",
        Deployment = "The first modality's index stays; documents and queries of the second take a few additions per dimension.",
        Reference = "ReAlign, arXiv 2602.07026",
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => CorrectionSetting.None;

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        int d = sample.Dimensions;
        ModalityMoments first = sample.Varying(sample.First, Info.Id);
        return sample.Fitted(this, (role, rows) =>
        {
            if (role.Modality == sample.First.Modality)
                return new RowTransform(d);
            ModalityMoments own = sample.Varying(rows, Info.Id);
            double scale = Math.Sqrt(ModalityMoments.Trace(first.Covariance, d) / ModalityMoments.Trace(own.Covariance, d));
            var scaled = new RowTransform(d, AffineStep.Scaling(own.Mean, scale, first.Mean));
            double[] moved = MeanAfter(scaled, rows);
            return scaled.Then(new RowTransform(d, AffineStep.Centring([.. moved.Zip(first.Mean, (after, wanted) => after - wanted)])));
        });
    }

    private static double[] MeanAfter(RowTransform transform, UnitEmbeddings rows)
    {
        int d = transform.OutputDimensions;
        double[] mean = new double[d], shares = new double[RowMultiplier.BlockRows];
        Array.Fill(shares, 1.0 / rows.Rows);
        var block = new float[RowMultiplier.BlockRows * d];
        for (int first = 0; first < rows.Rows; first += RowMultiplier.BlockRows)
        {
            int count = Math.Min(RowMultiplier.BlockRows, rows.Rows - first);
            transform.Apply(rows.Values.AsSpan(first * d, count * d), block.AsSpan(0, count * d));
            ColumnSums.Add(block, shares.AsSpan(0, count), mean);
        }
        return mean;
    }
}
