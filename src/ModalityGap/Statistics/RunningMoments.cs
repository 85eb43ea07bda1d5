namespace ModalityGap.Statistics;

/// <summary>
/// Count, mean, squared deviations and range of numbers; those of two parts merge into those of the whole (Chan, Golub and LeVeque 1979),
/// without the cancellation of a difference of squares.
/// </summary>
/// <param name="Count">n.</param>
/// <param name="Mean">Their mean; 0 without numbers.</param>
/// <param name="SquaredDeviations">Σ (value - mean)².</param>
/// <param name="Lowest">The smallest; +∞ without numbers.</param>
/// <param name="Highest">The largest; -∞ without numbers.</param>
internal readonly record struct RunningMoments(long Count, double Mean, double SquaredDeviations, double Lowest, double Highest)
{
    public static RunningMoments None { get; } = new(0, 0, 0, double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>Σ of the numbers.</summary>
    public double Sum => Count * Mean;

    /// <summary>Population standard deviation.</summary>
    public double Deviation => Count == 0 ? 0 : Math.Sqrt(SquaredDeviations / Count);

    public static RunningMoments Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return None;
        double sum = 0, lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
        foreach (double value in values)
        {
            sum += value;
            lowest = Math.Min(lowest, value);
            highest = Math.Max(highest, value);
        }
        double mean = sum / values.Length, squares = 0;
        foreach (double value in values)
            squares += (value - mean) * (value - mean);
        return new RunningMoments(values.Length, mean, squares, lowest, highest);
    }

    public static RunningMoments Read(BinaryReader reader) =>
        new(reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());

    public void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(Mean);
        writer.Write(SquaredDeviations);
        writer.Write(Lowest);
        writer.Write(Highest);
    }

    public RunningMoments Merge(RunningMoments other)
    {
        if (Count == 0 || other.Count == 0)
            return Count == 0 ? other : this;
        long count = Count + other.Count;
        double step = other.Mean - Mean, share = (double)other.Count / count;
        return new RunningMoments(
            count,
            Mean + step * share,
            SquaredDeviations + other.SquaredDeviations + step * step * share * Count,
            Math.Min(Lowest, other.Lowest),
            Math.Max(Highest, other.Highest));
    }
}
