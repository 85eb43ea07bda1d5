using System.Globalization;
using ModalityGap.Embeddings;

namespace ModalityGap.Report.Tests;

/// <summary>Pictures for sample results: bitmaps of a few plain cells, made here so that these tests need no native library.</summary>
internal static class SamplePictures
{
    public const int Cell = 4, Columns = 16, PerSheet = Columns * Columns;

    /// <summary>What a page shows beside a result: a picture for every shown row of a modality but for those left out.</summary>
    public static ReportExtras Of(AnalysisResult result, string modality, Func<int, bool>? leftOut = null)
    {
        ShownRows shown = ShownRows.Of(result, modality);
        return new ReportExtras
        {
            Pictures = new RowPictures
            {
                Modality = modality,
                Examples = Sheets([.. shown.Examples.Where(row => leftOut?.Invoke(row) != true)]),
                Map = Sheets([.. shown.Map.Where(row => leftOut?.Invoke(row) != true)]),
            },
            Findings = [new Finding("pictures-sampled", FindingSeverity.Note, "Some pictures are left out."), new Finding("pictures-unreadable", FindingSeverity.Warning, "a.png <b>is cut off</b>.")],
        };
    }

    /// <summary>The colour of a row's picture, as a browser says it: no two rows below 16 million have the same.</summary>
    public static string Colour(int row) => string.Create(CultureInfo.InvariantCulture, $"rgb({40 * (row % 6)}, {40 * (row / 6 % 6)}, {row / 36 % 256})");

    private static PictureSheets Sheets(int[] rows) => new()
    {
        Sheets = [.. rows.Chunk(PerSheet).Select(Sheet)],
        Places = rows.Select((row, place) => (row, place)).ToDictionary(one => one.row, one => one.place),
        PerSheet = PerSheet,
    };

    private static PictureSheet Sheet(int[] rows)
    {
        int columns = Math.Min(Columns, rows.Length), down = (rows.Length + columns - 1) / columns;
        return new PictureSheet("image/bmp", Bitmap(columns * Cell, down * Cell, (x, y) =>
        {
            int place = y / Cell * columns + x / Cell, row = place < rows.Length ? rows[place] : 0;
            return ((byte)(40 * (row % 6)), (byte)(40 * (row / 6 % 6)), (byte)(row / 36 % 256));
        }), columns, down);
    }

    // 54 bytes of header, then rows from below, blue first.
    private static byte[] Bitmap(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> colour)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write("BM"u8);
        foreach (int value in (int[])[54 + 3 * width * height, 0, 54, 40, width, height])
            writer.Write(value);
        writer.Write((short)1);
        writer.Write((short)24);
        foreach (int value in (int[])[0, 3 * width * height, 2835, 2835, 0, 0])
            writer.Write(value);
        for (int y = height - 1; y >= 0; y--)
            for (int x = 0; x < width; x++)
            {
                (byte red, byte green, byte blue) = colour(x, y);
                writer.Write([blue, green, red]);
            }
        writer.Flush();
        return bytes.ToArray();
    }
}
