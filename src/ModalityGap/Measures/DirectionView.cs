using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>What a pair of sets looks like from the direction ĝ: all that shifts need beyond X·Yᵀ.</summary>
internal sealed class DirectionView
{
    public DirectionView(PairMoments moments, RowMatrix first, RowMatrix second, double[] direction)
        : this(first, second, direction, moments.Matched, moments.Sums.UnmatchedMean, Look(first, direction), Look(second, direction))
    {
    }

    private DirectionView(
        RowMatrix first, RowMatrix second, double[] direction, double[] matched, double meanUnmatched, Aspect ofFirst, Aspect ofSecond)
    {
        First = first;
        Second = second;
        Direction = direction;
        Matched = matched;
        MeanUnmatched = meanUnmatched;
        (OnDirectionOfFirst, SquaresOfFirst) = ofFirst;
        (OnDirectionOfSecond, SquaresOfSecond) = ofSecond;
    }

    /// <summary>ĝ, of norm 1.</summary>
    public double[] Direction { get; }

    public RowMatrix First { get; }

    public RowMatrix Second { get; }

    /// <summary>x_i·y_i.</summary>
    public double[] Matched { get; }

    public double MeanUnmatched { get; }

    /// <summary>x_i·ĝ.</summary>
    public double[] OnDirectionOfFirst { get; }

    /// <summary>y_i·ĝ.</summary>
    public double[] OnDirectionOfSecond { get; }

    /// <summary>‖x_i‖².</summary>
    public double[] SquaresOfFirst { get; }

    /// <summary>‖y_i‖².</summary>
    public double[] SquaresOfSecond { get; }

    public int Count => Matched.Length;

    /// <summary>x'_i·y'_j from x_i·y_j, in float64.</summary>
    public double Cosine(ShiftAlongGap shift, int i, int j, double product) =>
        (product + shift.GainOfFirst(OnDirectionOfFirst[i]) + shift.GainOfSecond(OnDirectionOfSecond[j]))
        * shift.ScaleOfFirst(SquaresOfFirst[i], OnDirectionOfFirst[i])
        * shift.ScaleOfSecond(SquaresOfSecond[j], OnDirectionOfSecond[j]);

    /// <summary>Some of the pairs, seen from the same direction.</summary>
    public DirectionView Select(int[] rows) => new(
        Select(First, rows),
        Select(Second, rows),
        Direction,
        Array.ConvertAll(rows, i => Matched[i]),
        MeanUnmatched,
        new Aspect(OnDirectionOfFirst, SquaresOfFirst).Select(rows),
        new Aspect(OnDirectionOfSecond, SquaresOfSecond).Select(rows));

    private static RowMatrix Select(RowMatrix matrix, int[] rows)
    {
        var values = new float[rows.Length * matrix.Dimensions];
        for (int i = 0; i < rows.Length; i++)
            matrix.Row(rows[i]).CopyTo(values.AsSpan(i * matrix.Dimensions));
        return new RowMatrix(values, rows.Length, matrix.Dimensions);
    }

    private static Aspect Look(RowMatrix rows, double[] direction)
    {
        var look = new Aspect(new double[rows.Rows], new double[rows.Rows]);
        for (int i = 0; i < rows.Rows; i++)
        {
            look.OnDirection[i] = Dot.Float64(rows.Row(i), direction);
            look.Squares[i] = Dot.Float64(rows.Row(i), rows.Row(i));
        }
        return look;
    }

    /// <summary>What the direction sees of one modality: x_i·ĝ and ‖x_i‖².</summary>
    private sealed record Aspect(double[] OnDirection, double[] Squares)
    {
        public Aspect Select(int[] rows) =>
            new(Array.ConvertAll(rows, i => OnDirection[i]), Array.ConvertAll(rows, i => Squares[i]));
    }
}
