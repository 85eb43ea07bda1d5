using System.Globalization;
using ModalityGap.Report.Charts;

namespace ModalityGap.Report.Experiments;

/// <summary>Values of one axis, or their logarithms.</summary>
internal readonly record struct ChartAxis(bool IsLogarithmic)
{
    public bool Shows(double value) => double.IsFinite(value) && (!IsLogarithmic || value > 0);

    public double this[double value] => IsLogarithmic ? Math.Log10(value) : value;

    /// <summary>How many ticks to ask for: whole powers of ten on a logarithmic axis.</summary>
    public int Ticks(Scale scale, int usual) => IsLogarithmic ? Math.Max(1, Math.Min(usual, (int)(scale.High - scale.Low))) : usual;

    /// <summary>Writes a tick of a logarithmic axis; <c>null</c> leaves it to the scale.</summary>
    public Func<double, string>? Label => IsLogarithmic ? Power : null;

    private static string Power(double exponent)
    {
        // An axis of less than a decade has ticks between powers: 31.6, not 31.6228.
        double power = Math.Pow(10, Math.Floor(exponent + 1e-9)), value = Math.Round(Math.Pow(10, exponent) / power, 2) * power;
        return value is >= 0.001 and < 100_000
            ? value.ToString("0.####", CultureInfo.InvariantCulture)
            : value.ToString("0e0", CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
