using ModalityGap.Embeddings;
using ModalityGap.Pictures.Decoding;

namespace ModalityGap.Lab.Data.Captions;

/// <summary>A folder of pictures with a table of captions in it, or with a text file of the same name beside each picture.</summary>
internal static class CaptionedFolder
{
    /// <param name="path">The folder, or its table.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Stops it.</param>
    public static OpenedData Open(string path, DataOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        bool isFolder = Directory.Exists(path);
        string folder = Path.GetFullPath(isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!);
        var left = new LeftOut();
        List<CaptionedPicture> pictures = (isFolder ? CaptionTable.In(folder) : path) is { } table
            ? FromTable(table, cancellation)
            : Beside(path, folder, left, cancellation);
        return CaptionedSet.Load(
            Path.GetFileName(folder), path, pictures, captioned => Encode(folder, captioned), left, options, progress, cancellation);
    }

    private static IEnumerable<EncodedPicture> Encode(string folder, IReadOnlyList<CaptionedPicture> pictures) => pictures.Select((picture, i) =>
        new EncodedPicture(i, () => PictureFile.Read(folder, picture.Id)));

    // In the order in which the table first names them.
    private static List<CaptionedPicture> FromTable(string table, CancellationToken cancellation)
    {
        Dictionary<string, List<string>> captions = new(StringComparer.Ordinal);
        List<CaptionedPicture> pictures = [];
        foreach (CaptionRecord record in CaptionTable.Read(table, cancellation))
        {
            if (!captions.TryGetValue(record.File, out List<string>? ofFile))
                pictures.Add(new CaptionedPicture(record.File, captions[record.File] = ofFile = []));
            ofFile.Add(record.Caption);
        }
        return pictures;
    }

    // Sub-folders are groups.
    private static List<CaptionedPicture> Beside(string path, string folder, LeftOut left, CancellationToken cancellation)
    {
        List<CaptionedPicture> pictures = [];
        foreach (string file in Files(path, folder))
        {
            cancellation.ThrowIfCancellationRequested();
            string text = Path.ChangeExtension(Path.Combine(folder, file), ".txt");
            if (!File.Exists(text))
            {
                left.WithoutCaption(file);
                continue;
            }
            string group = Path.GetDirectoryName(file)!.Replace(Path.DirectorySeparatorChar, '/');
            string[] captions = CaptionText.Lines(ReadText(text));
            pictures.Add(new CaptionedPicture(
                file.Replace(Path.DirectorySeparatorChar, '/'), captions.Length == 0 ? [""] : captions, group.Length == 0 ? null : group));
        }
        if (pictures.Count == 0)
            throw new EmbeddingDataException(
                path,
                "it holds no captions.",
                "Put captions.txt, .tsv, .csv or .jsonl into it (a file name and a caption a line), or a .txt of the same name beside each picture.");
        return pictures;
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(path, "it cannot be read.", "Check its permissions.", fault);
        }
    }

    private static string[] Files(string path, string folder)
    {
        try
        {
            string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(PictureName.IsPicture)
                .Select(file => Path.GetRelativePath(folder, file))];
            Array.Sort(files, StringComparer.Ordinal);
            return files;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(path, "the folder cannot be read.", "Check its permissions.", fault);
        }
    }
}
