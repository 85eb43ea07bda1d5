using ModalityGap.Embeddings;
using ModalityGap.Pictures.Sheets;
using ModalityGap.Report;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Pictures;

/// <summary>Packs the pictures of the rows that a page shows one by one, as many as it has room for.</summary>
internal sealed class PackedPictures(RowFiles files, int threads, Action<string, double> report, CancellationToken cancellation)
{
    /// <summary>A few dozen examples need less; they are what a reader looks at first.</summary>
    private const double MostForExamples = 0.4;

    private const int FaultsNamed = 5;

    /// <summary>What the page shows beside its result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="extras">What it shows without pictures.</param>
    public ReportExtras For(AnalysisResult result, ReportExtras extras)
    {
        extras = extras with { Findings = [.. extras.Findings, .. files.Findings()] };
        ShownRows shown = ShownRows.Of(result, files.Modality.Name);
        int room = ReportPage.RoomForPictures(result, extras);
        int[] examples = WithPicture(shown.Examples), map = WithPicture(shown.Map);
        SpriteSheets beside = Pack(examples, (long)(MostForExamples * room), "pictures of the examples");
        SpriteSheets onMap = Pack(map, room - beside.Bytes, "pictures of the map");
        return extras with
        {
            Pictures = new RowPictures { Modality = files.Modality.Name, Examples = Sheets(beside, examples), Map = Sheets(onMap, map) },
            Findings = [.. extras.Findings, .. Faults(beside, onMap), .. LeftOut(onMap, map.Length)],
        };
    }

    private int[] WithPicture(IReadOnlyList<int> rows) => [.. rows.Where(row => files.Files[row] is not null)];

    private SpriteSheets Pack(int[] rows, long mostBytes, string stage) => SpriteSheets.Pack(
        Array.ConvertAll(rows, row => new SheetPicture(Shown.Name(files.Files[row]!), () => files.Folder.Read(files.Files[row]!))),
        new SheetOptions { MostBytes = mostBytes, Threads = threads },
        share => report(stage, share),
        cancellation);

    private static PictureSheets Sheets(SpriteSheets packed, int[] rows)
    {
        Dictionary<int, int> places = [];
        for (int k = 0; k < rows.Length; k++)
            if (packed.Places[k] is { } place)
                places.Add(rows[k], place);
        return new PictureSheets
        {
            Sheets = [.. packed.Sheets.Select(sheet => new PictureSheet("image/webp", sheet.WebP, sheet.Columns, sheet.Rows))],
            Places = places,
            PerSheet = packed.PerSheet,
        };
    }

    private IEnumerable<Finding> Faults(SpriteSheets beside, SpriteSheets onMap)
    {
        string[] faults = [.. beside.Faults.Concat(onMap.Faults).Distinct().Order(StringComparer.Ordinal)];
        if (faults.Length > 0)
            yield return new Finding(
                "pictures-unreadable",
                FindingSeverity.Warning,
                $"{(faults.Length == 1 ? "1 picture" : $"{Shown.Count(faults.Length)} pictures")} in {files.Folder.Path} cannot be shown: {Shown.Some(faults, FaultsNamed)}.");
    }

    private IEnumerable<Finding> LeftOut(SpriteSheets onMap, int wanted)
    {
        if (onMap.LeftOut > 0)
            yield return new Finding(
                "pictures-sampled",
                FindingSeverity.Note,
                $"The map shows the pictures of {Shown.Count(wanted - onMap.LeftOut - onMap.Faults.Count)} of its {Shown.Count(wanted)} rows of {files.Modality}, evenly spaced: "
                + "with more, this page would be larger than 5 MB.");
    }
}
