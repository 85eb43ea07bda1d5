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

    // A row that float32 cannot tell from the origin keeps no direction: its cosines become 0, as near as no matter. The scale is not 0
    // itself, for what must stay without effect, such as a row's own partner among its competitors, is a very negative number times it.
    private static double Scale(double square) => square > 1e-14 ? 1 / Math.Sqrt(square) : 1e-12;
}
