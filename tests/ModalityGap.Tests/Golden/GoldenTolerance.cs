namespace ModalityGap.Tests.Golden;

/// <summary>How far a value may lie from one computed independently in double precision.</summary>
/// <param name="Relative">Largest relative difference.</param>
/// <param name="Floor">Absolute difference that is always allowed.</param>
/// <param name="Reason">Why not less.</param>
internal sealed record GoldenTolerance(double Relative, double Floor, string Reason)
{
    public static GoldenTolerance Linear { get; } = new(1e-6, 1e-8, "rows are float32, sums over them float64");

    public static GoldenTolerance AllPairs { get; } = new(1e-5, 1e-6, "each product is accumulated in float32");

    public static GoldenTolerance OfDeviations { get; } = new(1e-5, 1e-6, "float32 rows hold small deviations from their mean to few digits");

    public static GoldenTolerance SevenDigits { get; } = new(1e-6, 1e-8, "the reference holds seven digits");

    public static GoldenTolerance Exact { get; } = new(1e-12, 1e-12, "counts");

    public bool Allows(double actual, double expected) => Math.Abs(actual - expected) <= Math.Max(Floor, Relative * Math.Abs(expected));
}
