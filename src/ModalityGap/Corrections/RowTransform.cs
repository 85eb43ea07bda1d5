using System.Buffers;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Corrections;

/// <summary>A chain of affine steps, each followed by setting the row to norm 1: what a fitted correction does to rows of one role.</summary>
public sealed class RowTransform
{
    /// <summary>Makes a chain.</summary>
    /// <param name="dimensions">d of the rows that go in.</param>
    /// <param name="steps">The steps in their order; none leaves rows as they are.</param>
    /// <exception cref="ArgumentException">A step does not take what the one before it gives.</exception>
    public RowTransform(int dimensions, params IReadOnlyList<AffineStep> steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentNullException.ThrowIfNull(steps);
        InputDimensions = OutputDimensions = dimensions;
        Steps = [.. steps];
        foreach (AffineStep step in Steps)
        {
            if (step.Inputs != OutputDimensions)
                throw new ArgumentException($"A step takes {step.Inputs} dimensions where {OutputDimensions} arrive.", nameof(steps));
            OutputDimensions = step.Outputs;
        }
    }

    /// <summary>The steps in their order.</summary>
    public IReadOnlyList<AffineStep> Steps { get; }

    /// <summary>d of the rows that go in.</summary>
    public int InputDimensions { get; }

    /// <summary>k of the rows that come out.</summary>
    public int OutputDimensions { get; }

    /// <summary>This chain, followed by another.</summary>
    public RowTransform Then(RowTransform next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new RowTransform(InputDimensions, [.. Steps, .. next.Steps]);
    }

    /// <summary>Applies the chain to all rows of a set.</summary>
    /// <exception cref="EmbeddingDataException">A row became zero, or rows have other dimensions.</exception>
    internal UnitEmbeddings Apply(UnitEmbeddings rows, string id, WorkContext work)
    {
        if (rows.Dimensions != InputDimensions)
            throw new EmbeddingDataException(
                rows.Provenance.Source,
                $"its rows have {rows.Dimensions} dimensions, and the correction {id} takes {InputDimensions}.",
                "Apply it to embeddings of the model that it was fitted for.");
        var values = GC.AllocateUninitializedArray<float>(checked(rows.Rows * OutputDimensions));
        LostRows lost = default;
        Lock gate = new();
        int blocks = (rows.Rows + RowMultiplier.BlockRows - 1) / RowMultiplier.BlockRows;
        work.ForEach(blocks, block =>
        {
            int first = block * RowMultiplier.BlockRows, count = Math.Min(RowMultiplier.BlockRows, rows.Rows - first);
            LostRows ofBlock = Apply(
                rows.Values.AsSpan(first * InputDimensions, count * InputDimensions), values.AsSpan(first * OutputDimensions, count * OutputDimensions));
            lock (gate)
                lost.Add(ofBlock, first);
        });
        return lost.Count == 0 ? rows.WithUnitVectors(values, OutputDimensions) : throw lost.AsException(rows.Provenance.Source, 0, id);
    }

    /// <summary>Applies the chain to rows of norm 1; for any thread, any number of rows, without garbage.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="output">n x k, rows of norm 1; zero where a row lost its direction.</param>
    internal LostRows Apply(ReadOnlySpan<float> rows, Span<float> output)
    {
        LostRows lost = default;
        if (Steps.Count == 0)
        {
            rows.CopyTo(output);
            return lost;
        }
        int count = rows.Length / InputDimensions, widest = InputDimensions;
        for (int s = 0; s < Steps.Count; s++)
            widest = Math.Max(widest, Steps[s].Outputs);
        int together = Math.Min(count, RowMultiplier.BlockRows), size = together * widest;
        float[] room = ArrayPool<float>.Shared.Rent(3 * size);
        for (int first = 0; first < count; first += together)
        {
            int here = Math.Min(together, count - first);
            LostRows ofBlock = default;
            Apply(
                rows.Slice(first * InputDimensions, here * InputDimensions),
                output.Slice(first * OutputDimensions, here * OutputDimensions),
                here,
                size,
                room,
                ref ofBlock);
            lost.Add(ofBlock, first);
        }
        ArrayPool<float>.Shared.Return(room);
        return lost;
    }

    // Between steps the rows go from one buffer to the other; the third is the step's own.
    private void Apply(ReadOnlySpan<float> rows, Span<float> output, int count, int size, float[] room, ref LostRows lost)
    {
        ReadOnlySpan<float> from = rows;
        for (int s = 0; s < Steps.Count; s++)
        {
            Span<float> to = s == Steps.Count - 1 ? output : room.AsSpan(s % 2 * size, count * Steps[s].Outputs);
            LostRows atStep = default;
            Steps[s].Apply(from, to, room.AsSpan(2 * size, size), ref atStep);
            // A row that one step has lost is lost once, whatever the next ones make of zero.
            if (lost.Count == 0)
                lost = atStep;
            from = to;
        }
    }
}
