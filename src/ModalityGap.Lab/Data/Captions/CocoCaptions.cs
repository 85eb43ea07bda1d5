using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Pictures.Decoding;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Data.Captions;

/// <summary>COCO captions: an annotation file and a folder of pictures. Pictures and their captions come in the order of their ids.</summary>
internal static class CocoCaptions
{
    private const int Looked = 20;

    /// <param name="path">The annotation file, such as captions_val2017.json.</param>
    /// <param name="options">How; <see cref="DataOptions.Images"/> names the pictures' folder.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Stops it.</param>
    public static OpenedData Open(string path, DataOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        CocoFile file = Read(path, cancellation);
        string folder = Folder(path, file, options);
        var left = new LeftOut();
        List<CaptionedPicture> pictures = Pictures(file, left);
        return CaptionedSet.Load(
            Path.GetFileNameWithoutExtension(path),
            path,
            pictures,
            captioned => captioned.Select((picture, i) => new EncodedPicture(i, () => PictureFile.Read(folder, picture.Id))),
            left,
            options,
            progress,
            cancellation);
    }

    private static List<CaptionedPicture> Pictures(CocoFile file, LeftOut left)
    {
        ILookup<long, string> captions = file.Annotations.OrderBy(annotation => annotation.Id).ToLookup(one => one.Image, one => one.Caption);
        int orphans = file.Annotations.Count(annotation => !file.Images.ContainsKey(annotation.Image));
        if (orphans > 0)
            left.Note("unknown-images", $"Left out: captions of images that the file does not list ({Shown.Count(orphans)}).");
        return [.. file.Images.Select(image => new CaptionedPicture(image.Value, [.. captions[image.Key]]))];
    }

    private static CocoFile Read(string path, CancellationToken cancellation)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            CocoFile file = CocoFile.Read(stream, cancellation);
            if (file.Annotations.Count > 0 && file.Images.Count > 0)
                return file;
            throw new EmbeddingDataException(
                path,
                file.OtherAnnotations > 0 ? "its annotations have no captions." : "it is no COCO file: it lacks images or annotations.",
                "Give the file of captions, such as captions_val2017.json.");
        }
        // A string that is no UTF-8 is an InvalidOperationException.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new EmbeddingDataException(path, $"it is no JSON, or cut off ({fault.Message.Split('.')[0]}).", "Download it again.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(path, "it cannot be read.", "Check the path and the permissions.", fault);
        }
    }

    // Where COCO's own archives have it: annotations/captions_val2017.json and val2017/000000000139.jpg.
    private static string Folder(string path, CocoFile file, DataOptions options)
    {
        string beside = Path.GetDirectoryName(Path.GetFullPath(path))!, above = Path.GetDirectoryName(beside) ?? beside;
        string part = Path.GetFileNameWithoutExtension(path).Split('_')[^1];
        string[] places = options.Images is { } named
            ? [Path.GetFullPath(named)]
            : [.. from root in new[] { above, beside }
                  from place in new[] { part, Path.Combine("images", part), "images", "." }
                  select Path.GetFullPath(Path.Combine(root, place))];
        return places.FirstOrDefault(place => file.Images.Values.Take(Looked).Any(name => File.Exists(Path.Combine(place, name))))
            ?? throw new EmbeddingDataException(
                path,
                $"its pictures, such as {Shown.Name(file.Images.Values.First())}, are not in {Shown.Some([.. places.Distinct()], 4)}.",
                "Name their folder with --images DIR.");
    }
}
