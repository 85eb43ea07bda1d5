using System.Buffers;
using ModalityGap.Embeddings;

namespace ModalityGap.Corrections;

/// <summary>
/// A fitted correction for vectors of one role that come one at a time, as a model gives them: set to norm 1, corrected and, if asked,
/// baked. The bits are those of rows corrected together. Immutable, for any thread.
/// </summary>
public sealed class VectorCorrection
{
    private const string Source = "a vector";

    private readonly FittedCorrection correction;
    private readonly RowRole role;
    private readonly bool baked;

    /// <summary>Chooses a role.</summary>
    /// <param name="correction">What is done.</param>
    /// <param name="role">What the vectors are used as.</param>
    /// <param name="baked">Whether what is done to scores is written into them: documents [a·d, b], queries [q, 1].</param>
    /// <exception cref="ArgumentException">The correction knows nothing about this role.</exception>
    public VectorCorrection(FittedCorrection correction, RowRole role, bool baked = false)
    {
        ArgumentNullException.ThrowIfNull(correction);
        (this.correction, this.role, this.baked) = (correction, role, baked);
        InputDimensions = correction.Transform(role).InputDimensions;
        OutputDimensions = baked ? correction.BakedDimensions : correction.OutputDimensions;
        if (baked && !role.AreQueries)
            _ = correction.Scores?.Scale(role.Modality);
    }

    /// <summary>d of the vectors that go in.</summary>
    public int InputDimensions { get; }

    /// <summary>Values of those that come out.</summary>
    public int OutputDimensions { get; }

    /// <summary>Corrects one vector; nothing is allocated but what comes back.</summary>
    /// <exception cref="EmbeddingDataException">It has other dimensions, or no direction before or after the correction.</exception>
    public float[] Apply(ReadOnlySpan<float> vector)
    {
        float[] output = GC.AllocateUninitializedArray<float>(OutputDimensions);
        Apply(vector, output);
        return output;
    }

    /// <summary>Corrects one vector into a span.</summary>
    /// <param name="vector">d values of any norm.</param>
    /// <param name="output"><see cref="OutputDimensions"/> values.</param>
    /// <exception cref="ArgumentException"><paramref name="output"/> has another length.</exception>
    /// <exception cref="EmbeddingDataException">It has other dimensions, or no direction before or after the correction.</exception>
    public void Apply(ReadOnlySpan<float> vector, Span<float> output)
    {
        if (vector.Length != InputDimensions)
            throw new EmbeddingDataException(
                Source,
                $"it has {vector.Length} dimensions, and the correction {correction.Id} takes {InputDimensions} of {role}.",
                "Correct embeddings of the model that it was fitted for.");
        float[] rented = ArrayPool<float>.Shared.Rent(InputDimensions);
        try
        {
            Span<float> unit = rented.AsSpan(0, InputDimensions);
            double norm = UnitEmbeddings.NormalizeRow(vector, unit);
            if (FaultTally.IsFaulty(norm))
                throw new EmbeddingDataException(
                    Source, norm == 0 ? "it holds only zeros." : "it holds a value that is not finite.", "Such a vector has no direction: look at what the model was given.");
            if (baked)
                correction.Bake(role, unit, output, Source);
            else
                correction.Apply(role, unit, output, Source);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }
}
