using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Corrections;

/// <summary>What translations share: which modality moves, and how the chain is made of it.</summary>
internal static class MovingChoice
{
    public static CorrectionParameter Parameter { get; } = new("moving", "both", "What moves: both, first-only or second-only.");

    public static (string Name, object Value) Value(Moving moving) => ("moving", moving switch
    {
        Moving.Both => "both",
        Moving.FirstOnly => "first-only",
        Moving.SecondOnly => "second-only",
        _ => throw new ArgumentOutOfRangeException(nameof(moving)),
    });

    /// <summary>x' = x - λv, y' = y + λv, for those that move; v is as long as the gap.</summary>
    public static FittedCorrection Move(ICorrection correction, CorrectionSample sample, double[] vector, Shift shift, Moving moving)
    {
        double gap = Math.Sqrt(Dot.Float64(vector, vector));
        if (gap == 0)
            throw new EmbeddingDataException(
                sample.First.Provenance.Source,
                $"the means of {sample.First.Modality} and {sample.Second.Modality} are the same.",
                "There is no gap to move along, and nothing to correct.");
        double amount = shift.InGaps(gap, moving);
        int d = vector.Length;
        return sample.Fitted(
            correction,
            moving == Moving.SecondOnly ? new RowTransform(d) : Centring(amount),
            moving == Moving.FirstOnly ? new RowTransform(d) : Centring(-amount));

        RowTransform Centring(double by) => new(d, AffineStep.Centring(Array.ConvertAll(vector, value => by * value)));
    }
}
