using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Data.Archives;
using ModalityGap.Pictures.Decoding;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Data.Captions;

/// <summary>
/// WebDataset: one or many tars that hold <c>key.jpg</c> (or png, webp) with <c>key.txt</c> or <c>key.json</c>. Read twice: first names and
/// captions, so that memory is known, then pictures. Nothing is unpacked.
/// </summary>
internal static class WebDataset
{
    private const long LongestText = 1 << 20;

    private static readonly string[] Endings = [".tar", ".tar.gz", ".tgz"];

    private static readonly string[] PictureEndings = ["jpg", "jpeg", "png", "webp"];

    public static bool IsShard(string path) => Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a folder holds tars and no table of captions.</summary>
    public static bool IsFolderOfShards(string folder) => CaptionTable.In(folder) is null && Shards(folder).Length > 0;

    /// <param name="paths">Tars, or folders of tars.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Stops it.</param>
    public static OpenedData Open(
        IReadOnlyList<string> paths, DataOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        string[] shards = [.. paths.SelectMany(path => Directory.Exists(path) ? Shards(path) : [path])];
        if (shards.Length == 0)
            throw new EmbeddingDataException(paths[0], "it holds no tar.", "Name the tars, or a folder of them.");
        var left = new LeftOut();
        Dictionary<(int Shard, string Key), WebDatasetSample> samples = [];
        for (int shard = 0; shard < shards.Length; shard++)
        {
            progress?.Report(new AnalysisProgress($"reading the captions of {Shown.Count(shards.Length)} tars", 0));
            ReadCaptions(shards, shard, samples, left, cancellation);
        }
        // Texts without a picture belong to samples of another kind.
        List<CaptionedPicture> pictures = [.. samples.Values
            .Where(sample => sample.HasPicture)
            .Select(sample => new CaptionedPicture(sample.Id, sample.Captions))];
        return CaptionedSet.Load(
            Name(paths[0]), paths[0], pictures, captioned => Encode(shards, samples, captioned, cancellation), left, options, progress, cancellation);
    }

    private static void ReadCaptions(
        string[] shards, int shard, Dictionary<(int, string), WebDatasetSample> samples, LeftOut left, CancellationToken cancellation)
    {
        using TarArchive archive = TarArchive.Open(shards[shard]);
        while (archive.Next(cancellation) is { } entry)
        {
            (string key, string ending) = WebDatasetSample.Split(entry.Name);
            if (!PictureEndings.Contains(ending) && ending is not ("txt" or "json"))
                continue;
            if (!samples.TryGetValue((shard, key), out WebDatasetSample? sample))
                samples[(shard, key)] = sample = new WebDatasetSample(shards.Length == 1 ? key : $"{Path.GetFileName(shards[shard])}/{key}");
            if (ending == "txt")
                sample.Text = CaptionText.Lines(Text(archive, entry)) is { Length: > 0 } lines ? lines : [""];
            else if (ending == "json")
                sample.Json = Captions(archive, entry, left);
            else
                sample.HasPicture = true;
        }
    }

    private static string[] Captions(TarArchive archive, TarEntry entry, LeftOut left)
    {
        try
        {
            using var json = JsonDocument.Parse(Text(archive, entry));
            return [.. CaptionJson.Captions(json.RootElement)];
        }
        catch (JsonException)
        {
            left.BrokenText(entry.Name);
            return [];
        }
    }

    private static string Text(TarArchive archive, TarEntry entry) =>
        entry.Length <= LongestText ? Encoding.UTF8.GetString(archive.Read(entry)).TrimStart('\uFEFF') : "";

    // In the order of the tars; a sample with two pictures keeps the first.
    private static IEnumerable<EncodedPicture> Encode(
        string[] shards,
        Dictionary<(int, string), WebDatasetSample> samples,
        IReadOnlyList<CaptionedPicture> captioned,
        CancellationToken cancellation)
    {
        Dictionary<string, int> places = captioned.Select((picture, i) => (picture.Id, i)).ToDictionary(one => one.Id, one => one.i);
        for (int shard = 0; shard < shards.Length; shard++)
        {
            using TarArchive archive = TarArchive.Open(shards[shard]);
            while (archive.Next(cancellation) is { } entry)
            {
                (string key, string ending) = WebDatasetSample.Split(entry.Name);
                if (!PictureEndings.Contains(ending)
                    || !samples.TryGetValue((shard, key), out WebDatasetSample? sample)
                    || !places.Remove(sample.Id, out int place))
                    continue;
                byte[] bytes = archive.Read(entry);
                yield return new EncodedPicture(place, () => bytes);
            }
        }
    }

    private static string[] Shards(string folder)
    {
        try
        {
            string[] shards = [.. Directory.EnumerateFiles(folder).Where(IsShard)];
            Array.Sort(shards, StringComparer.Ordinal);
            return shards;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(folder, "the folder cannot be read.", "Check its permissions.", fault);
        }
    }

    private static string Name(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))).Split('.')[0];
}
