using ModalityGap.Pictures.Decoding;

namespace ModalityGap.Pictures.Sheets;

/// <summary>
/// Many pictures small, within a number of bytes: as large as all of them fit, else as many of the smallest as fit, evenly spaced in their order.
/// The same pictures give the same bytes, whatever the threads.
/// </summary>
public sealed record SpriteSheets
{
    private const int TrialPictures = 48;

    // Sheets of a few pictures compress a little worse than large ones; the estimate errs on that side already.
    private const double Reserve = 0.97;

    /// <summary>Height and width of each picture in pixels.</summary>
    public required int Cell { get; init; }

    /// <summary>The sheets; all but the last hold <see cref="PerSheet"/> pictures.</summary>
    public required IReadOnlyList<SpriteSheet> Sheets { get; init; }

    /// <summary>For each picture its place, counted through all sheets; <c>null</c> where it was left out.</summary>
    public required IReadOnlyList<int?> Places { get; init; }

    /// <summary>The pictures that could not be read, with what is wrong with each, in their order. Those that were not tried are not among them.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>How many were left out because there was no room.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Bytes of all sheets.</summary>
    public long Bytes => Sheets.Sum(sheet => (long)sheet.WebP.Length);

    /// <summary>How many pictures a full sheet holds.</summary>
    public int PerSheet => SheetPixels.PerSheet(Cell);

    /// <summary>Decodes, scales and packs.</summary>
    /// <param name="pictures">The pictures, in the order in which they are packed.</param>
    /// <param name="options">How; default <see cref="SheetOptions"/> as it is.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PictureException">The native library is missing.</exception>
    public static SpriteSheets Pack(
        IReadOnlyList<SheetPicture> pictures, SheetOptions? options = null, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        options ??= new SheetOptions();
        PictureLibrary.Require("A report without pictures needs none.");
        var decoding = new SheetDecoding(pictures, options, progress, cancellation);
        (int cell, int most) = Fitting(decoding, pictures.Count, options);
        DecodedPicture[] decoded = decoding.Run(cell, Spaced(pictures.Count, most));
        int[] readable = [.. Enumerable.Range(0, decoded.Length).Where(k => decoded[k].Planes is not null)];
        (SpriteSheet[] sheets, int[] packed) = Encode(decoded, readable, cell, options.MostBytes);
        var places = new int?[pictures.Count];
        for (int place = 0; place < packed.Length; place++)
            places[packed[place]] = place;
        string[] faults = [.. pictures.Select((picture, k) => decoded[k].Fault is { } fault ? $"{picture.Name} {fault}" : null).OfType<string>()];
        return new SpriteSheets
        {
            Cell = cell,
            Sheets = sheets,
            Places = places,
            Faults = faults,
            LeftOut = pictures.Count - packed.Length - faults.Length,
        };
    }

    /// <summary>At most so many of a number of places, evenly spaced.</summary>
    internal static int[] Spaced(int count, int most) =>
        most >= count ? [.. Enumerable.Range(0, count)] : [.. Enumerable.Range(0, most).Select(k => (int)((long)k * count / most))];

    // A few are packed at every size to see which one all will fit at.
    private static (int Cell, int Most) Fitting(SheetDecoding decoding, int count, SheetOptions options)
    {
        int[] trial = Spaced(count, TrialPictures);
        double each = 1;
        foreach (int cell in options.Cells)
        {
            byte[][] few = [.. decoding.Trial(cell, trial).Select(picture => picture.Planes).OfType<byte[]>()];
            if (few.Length == 0)
                return (cell, Math.Min(count, TrialPictures * 20));
            each = (double)SheetPixels.Encode(few, cell).Sum(sheet => (long)sheet.WebP.Length) / few.Length;
            if (each * count <= Reserve * options.MostBytes)
                return (cell, count);
        }
        return (options.Cells[^1], (int)Math.Min(count, Reserve * options.MostBytes / each));
    }

    private static (SpriteSheet[] Sheets, int[] Packed) Encode(DecodedPicture[] decoded, int[] readable, int cell, long mostBytes)
    {
        int[] packed = readable;
        while (true)
        {
            SpriteSheet[] sheets = SheetPixels.Encode([.. packed.Select(k => decoded[k].Planes!)], cell);
            long bytes = sheets.Sum(sheet => (long)sheet.WebP.Length);
            if (bytes <= mostBytes)
                return (sheets, packed);
            int fewer = Math.Min(packed.Length - 1, (int)(packed.Length * Reserve * mostBytes / bytes));
            packed = [.. Spaced(packed.Length, fewer).Select(k => packed[k])];
        }
    }
}
