namespace ModalityGap.Tests;

/// <summary>How near two numbers must be, with a name that says why: |actual - expected| at most Absolute + Relative |expected|.</summary>
internal readonly record struct Tolerance(double Relative, double Absolute)
{
    /// <summary>The same bits: counts, ranks, and whatever threads must not change.</summary>
    public static Tolerance Bits => new(0, 0);

    /// <summary>Sums in float64 that differ by their order only.</summary>
    public static Tolerance Float64 => new(1e-10, 1e-12);

    /// <summary>Single cosines of rows stored in float32: some rounding errors of 2^-24 each.</summary>
    public static Tolerance StoredFloat32 => new(1e-6, 1e-6);

    /// <summary>k digits, whether the number is large or small.</summary>
    public static Tolerance Digits(int k) => new(Math.Pow(10, -k), Math.Pow(10, -k));

    public bool Holds(double expected, double actual) =>
        expected.Equals(actual) || Math.Abs(actual - expected) <= Absolute + Relative * Math.Abs(expected);

    /// <summary>Fails, naming the number, where it is too far away.</summary>
    public void Check(double expected, double actual, string what) =>
        Assert.True(Holds(expected, actual), FormattableString.Invariant($"{what}: expected {expected:R}, found {actual:R}, apart {actual - expected:E2}."));

    public void Check(IReadOnlyList<double> expected, IReadOnlyList<double> actual, string what)
    {
        Assert.True(expected.Count == actual.Count, $"{what}: expected {expected.Count} numbers, found {actual.Count}.");
        for (int i = 0; i < expected.Count; i++)
            Check(expected[i], actual[i], $"{what}[{i}]");
    }
}
