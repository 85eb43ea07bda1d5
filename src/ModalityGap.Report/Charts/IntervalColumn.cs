using ModalityGap.Statistics;

namespace ModalityGap.Report.Charts;

/// <summary>One number as a mark with its interval.</summary>
internal sealed record IntervalCell(double Value, double? Low, double? High, Mark Mark, string Look)
{
    public static IntervalCell Of(Estimate estimate, Mark mark, string look, double factor = 1) =>
        new(factor * estimate.Value, factor * estimate.Low, factor * estimate.High, mark, look);

    public IEnumerable<double> Ends => [Low ?? Value, Value, High ?? Value];
}

/// <summary>A column of such numbers on one scale, each row with a cell or several.</summary>
internal sealed record IntervalColumn(string Heading, IReadOnlyList<IReadOnlyList<IntervalCell>> Rows)
{
    /// <summary>Where a dotted line stands, such as no change.</summary>
    public double? Reference { get; init; }

    /// <summary>How ticks are written.</summary>
    public Func<double, string>? Format { get; init; }

    /// <summary>The ends of the scale that are known beforehand; else the data's.</summary>
    public (double Low, double High)? Domain { get; init; }

    /// <summary>What the axis counts in.</summary>
    public string? Unit { get; init; }
}
