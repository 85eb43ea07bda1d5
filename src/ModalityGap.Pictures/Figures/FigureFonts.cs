using SkiaSharp;
using Svg.Skia.TypefaceProviders;

namespace ModalityGap.Pictures.Figures;

/// <summary>
/// The typeface of figures where Skia knows none. On Linux it is built without fontconfig, so that it loads everywhere, and finds no font by name: this one
/// looks for files in the usual folders.
/// </summary>
internal sealed class FigureFonts : ITypefaceProvider
{
    // Names of files without ending: a text face and its bold one, in the order of preference.
    private static readonly (string Regular, string Bold)[] Known =
    [
        ("NotoSans-Regular", "NotoSans-Bold"),
        ("Inter-Regular", "Inter-Bold"),
        ("Roboto-Regular", "Roboto-Bold"),
        ("OpenSans-Regular", "OpenSans-Bold"),
        ("LiberationSans-Regular", "LiberationSans-Bold"),
        ("DejaVuSans", "DejaVuSans-Bold"),
        ("Arial", "Arial_Bold"),
        ("arial", "arialbd"),
        ("Ubuntu-R", "Ubuntu-B"),
        ("Lato-Regular", "Lato-Bold"),
        ("FreeSans", "FreeSansBold"),
        ("NimbusSans-Regular", "NimbusSans-Bold"),
    ];

    private static readonly Lazy<FigureFonts?> Lazily = new(() => SystemHasFonts() ? null : Search(Folders()));

    private readonly SKTypeface regular;
    private readonly SKTypeface bold;

    private FigureFonts(SKTypeface regular, SKTypeface bold) => (this.regular, this.bold) = (regular, bold);

    /// <summary>The typeface to use, or <c>null</c> where the system knows fonts by name.</summary>
    /// <exception cref="PictureException">There is no font.</exception>
    public static FigureFonts? Found => Lazily.Value;

    /// <summary>The file that the text face came from has this family.</summary>
    public string FamilyName => regular.FamilyName;

    public SKTypeface FromFamilyName(string fontFamily, SKFontStyleWeight fontWeight, SKFontStyleWidth fontWidth, SKFontStyleSlant fontStyle) =>
        (int)fontWeight >= (int)SKFontStyleWeight.SemiBold ? bold : regular;

    /// <summary>Looks for a typeface in these folders and all below.</summary>
    /// <exception cref="PictureException">There is none.</exception>
    internal static FigureFonts Search(IEnumerable<string> folders)
    {
        string[] files = [.. folders.SelectMany(FilesIn).Order(StringComparer.Ordinal)];
        ILookup<string, string> byName = files.ToLookup(file => Path.GetFileNameWithoutExtension(file)!, StringComparer.Ordinal);
        foreach ((string regular, string bold) in Known)
            if (First(byName[regular]) is { } face)
                return new FigureFonts(face, First(byName[bold]) ?? face);
        return First(files) is { } any
            ? new FigureFonts(any, any)
            : throw new PictureException(
                "No font was found to write a figure's labels with. Install one, such as Debian's package fonts-dejavu-core, or write the figures as SVG only: "
                + "--figure-format svg.");
    }

    private static bool SystemHasFonts() => SKFontManager.Default.FontFamilies.Any(name => name.Length > 0);

    private static IEnumerable<string> Folders()
    {
        yield return "/usr/share/fonts";
        yield return "/usr/local/share/fonts";
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (home.Length == 0)
            yield break;
        yield return Path.Combine(home, ".local", "share", "fonts");
        yield return Path.Combine(home, ".fonts");
    }

    private static IEnumerable<string> FilesIn(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 8 })
            .Where(file => Path.GetExtension(file).ToUpperInvariant() is ".TTF" or ".OTF" or ".TTC");

    // A font of symbols would write boxes.
    private static SKTypeface? First(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            if (SKTypeface.FromFile(file) is not { } face)
                continue;
            using var font = new SKFont(face);
            if (font.ContainsGlyphs("Aaz019.,−%"))
                return face;
            face.Dispose();
        }
        return null;
    }
}
