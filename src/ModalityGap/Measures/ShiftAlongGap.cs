using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>
/// Both modalities moved along the unit direction ĝ and set to norm 1 again: x' = (x - bĝ)/‖x - bĝ‖, y' = (y + aĝ)/‖y + aĝ‖. Every
/// cosine after the move follows from the one before it: x'·y' = (x·y + a x·ĝ - b y·ĝ - ab) / (‖x - bĝ‖ ‖y + aĝ‖), so all moves share one
/// pass over X·Yᵀ.
/// </summary>
/// <param name="OfFirst">b, how far the first modality moves against ĝ.</param>
/// <param name="OfSecond">a, how far the second modality moves along ĝ.</param>
internal readonly record struct ShiftAlongGap(double OfFirst, double OfSecond)
{
    /// <summary>No move.</summary>
    public static ShiftAlongGap None => default;

    /// <summary>1 / ‖x - bĝ‖ from ‖x‖² and x·ĝ.</summary>
    public double ScaleOfFirst(double square, double onDirection) => Scale(square - 2 * OfFirst * onDirection + OfFirst * OfFirst);

    /// <summary>1 / ‖y + aĝ‖ from ‖y‖² and y·ĝ.</summary>
    public double ScaleOfSecond(double square, double onDirection) => Scale(square + 2 * OfSecond * onDirection + OfSecond * OfSecond);

    /// <summary>What the product x·y gains because of x: a x·ĝ - ab.</summary>
    public double GainOfFirst(double onDirection) => OfSecond * onDirection - OfFirst * OfSecond;

    /// <summary>What the product x·y gains because of y: -b y·ĝ.</summary>
    public double GainOfSecond(double onDirection) => -OfFirst * onDirection;

    // A row that lands exactly on the origin keeps no direction; it is left at the origin instead of becoming infinite.
    private static double Scale(double square) => square > 1e-24 ? 1 / Math.Sqrt(square) : 0;
}

/// <summary>What a pair of sets looks like from the direction ĝ: all that shifts need beyond X·Yᵀ.</summary>
internal sealed class DirectionView
{
    public DirectionView(PairMoments moments, RowMatrix first, RowMatrix second, double[] direction)
    {
        Direction = direction;
        First = first;
        Second = second;
        Matched = moments.Matched;
        (OnDirectionOfFirst, SquaresOfFirst) = Look(first, direction);
        (OnDirectionOfSecond, SquaresOfSecond) = Look(second, direction);
        MeanUnmatched = moments.Sums.UnmatchedMean;
    }

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

    private static (double[] OnDirection, double[] Squares) Look(RowMatrix rows, double[] direction)
    {
        var onDirection = new double[rows.Rows];
        var squares = new double[rows.Rows];
        for (int i = 0; i < rows.Rows; i++)
        {
            onDirection[i] = Dot.Float64(rows.Row(i), direction);
            squares[i] = Dot.Float64(rows.Row(i), rows.Row(i));
        }
        return (onDirection, squares);
    }
}
