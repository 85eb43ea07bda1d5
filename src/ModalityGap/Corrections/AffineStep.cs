using ModalityGap.Numerics;

namespace ModalityGap.Corrections;

/// <summary>
/// x' = y / ‖y‖ with y = A(x - c) + b, where A is the identity, a number, a diagonal or a k x d matrix. Immutable. The centre c is taken off
/// first and in float64, because what remains of a row in a narrow cone is small beside the row.
/// </summary>
public sealed class AffineStep
{
    private readonly double[] centre;
    private readonly double[] scale;
    private readonly float[] matrix;
    private readonly double[] offset;
    private readonly RowMultiplier? multiplier;

    // Rows know their entries to 2^-24: what is shorter than that after the step has no direction but rounding's.
    private readonly double shortest;

    /// <summary>Makes a step from its parts, which are not copied and not to be changed afterwards.</summary>
    /// <param name="inputs">d.</param>
    /// <param name="outputs">k; d unless there is a matrix.</param>
    /// <param name="centre">c, d values, or none for 0.</param>
    /// <param name="scale">One value for a number, d values for a diagonal, none for the identity or where there is a matrix.</param>
    /// <param name="matrix">A, row-major, k x d, or none.</param>
    /// <param name="offset">b, k values, or none for 0.</param>
    /// <exception cref="ArgumentException">Lengths do not fit together, or a value is not finite.</exception>
    public AffineStep(int inputs, int outputs, double[] centre, double[] scale, float[] matrix, double[] offset)
    {
        Check(inputs, outputs, centre, scale, matrix, offset);
        (Inputs, Outputs) = (inputs, outputs);
        (this.centre, this.scale, this.matrix, this.offset) = (centre, scale, matrix, offset);
        if (matrix.Length > 0)
            multiplier = new RowMultiplier(new RowMatrix(matrix, outputs, inputs));
        double size = matrix.Length > 0 ? Math.Sqrt(Dot.Float64(matrix, matrix)) : scale.Length > 0 ? scale.Max(Math.Abs) : 1;
        shortest = Math.ScaleB(size, -24);
    }

    /// <summary>d.</summary>
    public int Inputs { get; }

    /// <summary>k.</summary>
    public int Outputs { get; }

    /// <summary>c, or none.</summary>
    public ReadOnlySpan<double> Centre => centre;

    /// <summary>The number or the diagonal, or none.</summary>
    public ReadOnlySpan<double> Scale => scale;

    /// <summary>A, or none.</summary>
    public ReadOnlySpan<float> Matrix => matrix;

    /// <summary>b, or none.</summary>
    public ReadOnlySpan<double> Offset => offset;

    /// <summary><c>identity</c>, <c>number</c>, <c>diagonal</c> or <c>matrix</c>: what A is.</summary>
    public string Kind => matrix.Length > 0 ? "matrix" : scale.Length == 0 ? "identity" : scale.Length == 1 ? "number" : "diagonal";

    /// <summary>x' = (x - c) / ‖·‖.</summary>
    public static AffineStep Centring(double[] centre)
    {
        ArgumentNullException.ThrowIfNull(centre);
        return new(centre.Length, centre.Length, centre, [], [], []);
    }

    /// <summary>x' = (s(x - c) + b) / ‖·‖.</summary>
    public static AffineStep Scaling(double[] centre, double scale, double[] offset)
    {
        ArgumentNullException.ThrowIfNull(centre);
        return new(centre.Length, centre.Length, centre, [scale], [], offset);
    }

    /// <summary>x' = (w ∘ x) / ‖·‖, entry by entry.</summary>
    public static AffineStep Weighting(double[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        // One dimension cannot be told from one number for all, which then is the same.
        return new(weights.Length, weights.Length, [], weights, [], []);
    }

    /// <summary>x' = (A(x - c) + b) / ‖·‖; A is rounded to float32.</summary>
    /// <param name="matrix">A, row-major, k x d.</param>
    /// <param name="inputs">d.</param>
    /// <param name="centre">c, or none.</param>
    /// <param name="offset">b, or none.</param>
    public static AffineStep Mapping(double[] matrix, int inputs, double[]? centre = null, double[]? offset = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new(inputs, matrix.Length / inputs, centre ?? [], [], Array.ConvertAll(matrix, value => (float)value), offset ?? []);
    }

    /// <summary>Applies the step to a block of rows; a row that has no direction afterwards becomes zero and is counted.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="output">n x k; not <paramref name="rows"/> where there is a matrix.</param>
    /// <param name="room">n x d values to work in.</param>
    /// <param name="lost">Told of rows without a direction.</param>
    internal void Apply(ReadOnlySpan<float> rows, Span<float> output, Span<float> room, ref LostRows lost)
    {
        int count = rows.Length / Inputs;
        if (multiplier is null)
        {
            for (int r = 0; r < count; r++)
                RowArithmetic.Affine(rows.Slice(r * Inputs, Inputs), centre, scale, offset, output.Slice(r * Inputs, Inputs));
        }
        else
        {
            ReadOnlySpan<float> centred = rows;
            if (centre.Length > 0)
            {
                for (int r = 0; r < count; r++)
                    RowArithmetic.Affine(rows.Slice(r * Inputs, Inputs), centre, [], [], room.Slice(r * Inputs, Inputs));
                centred = room[..rows.Length];
            }
            multiplier.Multiply(centred, output);
        }
        for (int r = 0; r < count; r++)
            Finish(output.Slice(r * Outputs, Outputs), r, ref lost);
    }

    private void Finish(Span<float> row, int index, ref LostRows lost)
    {
        if (multiplier is not null && offset.Length > 0)
            RowArithmetic.Affine(row, [], [], offset, row);
        double norm = Math.Sqrt(Dot.Float64(row, row));
        if (norm > shortest && double.IsFinite(norm))
            RowArithmetic.Divide(row, norm);
        else
        {
            row.Clear();
            lost.Add(index);
        }
    }

    private static void Check(int inputs, int outputs, double[] centre, double[] scale, float[] matrix, double[] offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        Length(centre.Length, inputs, "centre");
        Length(offset.Length, outputs, "offset");
        if (matrix.Length > 0 && (matrix.Length != (long)inputs * outputs || scale.Length > 0))
            throw new ArgumentException($"A matrix of {matrix.Length} values does not map {inputs} dimensions to {outputs}.", nameof(matrix));
        if (matrix.Length == 0 && inputs != outputs)
            throw new ArgumentException($"Without a matrix {inputs} dimensions do not become {outputs}.", nameof(outputs));
        if (scale.Length > 1)
            Length(scale.Length, inputs, "scale");
        if (!centre.All(double.IsFinite) || !scale.All(double.IsFinite) || !offset.All(double.IsFinite) || !matrix.All(float.IsFinite))
            throw new ArgumentException("A value of the step is not finite.");
    }

    private static void Length(int length, int wanted, string name)
    {
        if (length != 0 && length != wanted)
            throw new ArgumentException($"The {name} has {length} values for {wanted} dimensions.", name);
    }
}
