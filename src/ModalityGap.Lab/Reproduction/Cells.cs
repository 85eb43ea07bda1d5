using System.Globalization;

namespace ModalityGap.Lab.Reproduction;

/// <summary>Cells of result tables: numbers as a program reads them.</summary>
internal static class Cells
{
    public static string Of(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string[] Row(params ReadOnlySpan<double> values)
    {
        var cells = new string[values.Length];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = Of(values[i]);
        return cells;
    }
}
