using System.Globalization;
using System.Text;

namespace ModalityGap.Report;

/// <summary>
/// The pictures as a style sheet: each sheet is the background of a class, and a class of each example says which part of it is seen. The page's policy
/// holds the hash of this style sheet, as of all others; no element carries a style of its own.
/// </summary>
internal sealed class PictureStyle
{
    private const char OfExamples = 'e', OfMap = 'm';

    private readonly RowPictures pictures;

    public PictureStyle(RowPictures pictures)
    {
        this.pictures = pictures;
        var text = new StringBuilder();
        Sheets(text, pictures.Examples, OfExamples);
        Sheets(text, pictures.Map, OfMap);
        foreach (int place in pictures.Examples.Places.Values.Distinct().Order())
            text.Append(CultureInfo.InvariantCulture, $".{At(place)}{{background-position:{Position(pictures.Examples, place)}}}\n");
        Text = text.ToString();
    }

    /// <summary>The style sheet.</summary>
    public string Text { get; }

    /// <summary>The classes of the element that shows a row among the examples, or <c>null</c> where it has no picture.</summary>
    public string? Look(string modality, int row) => modality == pictures.Modality && pictures.Examples.Places.TryGetValue(row, out int place)
        ? $"thumb {Sheet(OfExamples, place / pictures.Examples.PerSheet)} {At(place)}"
        : null;

    /// <summary>The class of a sheet of the map.</summary>
    public static string MapSheet(int sheet) => Sheet(OfMap, sheet);

    private static string Sheet(char set, int sheet) => string.Create(CultureInfo.InvariantCulture, $"sheet-{set}{sheet}");

    private static string At(int place) => string.Create(CultureInfo.InvariantCulture, $"at-{place}");

    // In per cent, so that a picture may be shown at any size.
    private static string Position(PictureSheets sheets, int place)
    {
        PictureSheet sheet = sheets.Sheets[place / sheets.PerSheet];
        int within = place % sheets.PerSheet;
        return $"{Share(within % sheet.Columns, sheet.Columns)} {Share(within / sheet.Columns, sheet.Rows)}";
    }

    private static string Share(int index, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{(count == 1 ? 0 : 100.0 * index / (count - 1)):0.####}%");

    private static void Sheets(StringBuilder text, PictureSheets sheets, char set)
    {
        for (int k = 0; k < sheets.Sheets.Count; k++)
        {
            PictureSheet sheet = sheets.Sheets[k];
            if (!sheet.MediaType.All(letter => char.IsAsciiLetterLower(letter) || letter == '/'))
                throw new ArgumentException($"'{sheet.MediaType}' is no media type of pictures.", nameof(sheets));
            text.Append(CultureInfo.InvariantCulture, $".{Sheet(set, k)}{{background-size:{100 * sheet.Columns}% {100 * sheet.Rows}%;background-image:url(data:{sheet.MediaType};base64,")
                .Append(Convert.ToBase64String(sheet.Bytes.Span)).Append(")}\n");
        }
    }
}
