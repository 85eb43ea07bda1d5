namespace ModalityGap.Tests.Golden;

/// <summary>Collects all values that differ, so that a failure shows them together.</summary>
internal sealed class Differences
{
    private readonly List<string> found = [];

    public int Compared { get; private set; }

    public void Compare(string name, double? actual, double expected, GoldenTolerance tolerance)
    {
        Compared++;
        if (actual is not { } value || !tolerance.Allows(value, expected))
            found.Add(FormattableString.Invariant($"{name}: {actual:R} instead of {expected:R}, tolerance {tolerance.Relative} ({tolerance.Reason})"));
    }

    public void AssertNone(int atLeast)
    {
        Assert.True(Compared >= atLeast, $"Only {Compared} values were compared.");
        Assert.True(found.Count == 0, string.Join("\n", found));
    }
}
