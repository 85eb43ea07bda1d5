using System.Globalization;

namespace ModalityGap.Report.Charts;

/// <summary>Maps values to pixels, linearly.</summary>
/// <param name="Low">The value at <paramref name="Start"/>.</param>
/// <param name="High">The value at <paramref name="End"/>.</param>
/// <param name="Start">Pixel of the low end.</param>
/// <param name="End">Pixel of the high end; smaller than the start for a vertical axis.</param>
internal readonly record struct Scale(double Low, double High, double Start, double End)
{
    /// <summary>A scale over all these values, with a margin as a share of their spread; never of zero width.</summary>
    public static Scale Over(IEnumerable<double> values, double margin, double start, double end)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        if (!double.IsFinite(low) || !double.IsFinite(high))
            (low, high) = (0, 1);
        double spread = high - low;
        double pad = spread > 1e-12 ? margin * spread : Math.Max(0.05, Math.Abs(low) * 0.05);
        return new Scale(low - pad, high + pad, start, end);
    }

    public double this[double value] => Start + (value - Low) / (High - Low) * (End - Start);

    public bool Holds(double value) => value >= Low && value <= High;

    public double Clamp(double value) => Math.Clamp(value, Low, High);

    /// <summary>Round values inside the scale, about so many.</summary>
    public IReadOnlyList<double> Ticks(int about)
    {
        double step = Step(about);
        List<double> ticks = [];
        for (double k = Math.Ceiling(Low / step - 1e-9); k * step <= High + 1e-9 * step; k++)
            ticks.Add(k * step);
        return ticks;
    }

    /// <summary>Writes a tick with the decimals that its step needs.</summary>
    public string Label(double tick, int about)
    {
        int decimals = Math.Max(0, (int)Math.Ceiling(-Math.Log10(Step(about)) - 1e-9));
        double rounded = Math.Round(tick, Math.Min(decimals, 15));
        return (rounded == 0 ? 0 : rounded).ToString("F" + decimals, CultureInfo.InvariantCulture).Replace('-', '−');
    }

    // 1, 2 or 5 times a power of ten.
    private double Step(int about)
    {
        double raw = (High - Low) / about, power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch { <= 1.5 => power, <= 3.5 => 2 * power, <= 7.5 => 5 * power, _ => 10 * power };
    }
}
