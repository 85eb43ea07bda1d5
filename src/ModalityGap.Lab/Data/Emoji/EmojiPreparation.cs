using System.Formats.Tar;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Data.Archives;
using ModalityGap.Pictures.Decoding;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Data.Emoji;

/// <summary>
/// Joins the packages by code points. Of the 1 949 emoji of Emojibase 17, the pictures, which are of Emoji 16, know 1 911: there are none of the
/// 26 regional letters, 4 loose pieces of hair and 8 emoji of version 17. Noto and Twemoji draw all 1 911, Fluent 1 852: it lacks
/// people that face right, most families, the tones alone, some flags and emoji newer than itself. 1 911 + 1 911 + 1 852 = 5 674 pictures.
/// </summary>
internal sealed class EmojiPreparation(
    EmojiPackages packages, bool withTones, DataOptions options, Action<string, double> report, CancellationToken cancellation)
{
    private const double DecodingBegins = 0.5;

    public ImageTextSet Run(string name)
    {
        var store = new PackageStore(options.CachePath, options.RunNpm);
        Dictionary<NpmPackage, string> paths = [];
        foreach (NpmPackage package in packages.All)
        {
            report($"fetching {package.Specification}", DecodingBegins * paths.Count / packages.All.Count);
            paths[package] = store.Obtain(package, cancellation);
        }
        report("reading labels", DecodingBegins);
        return Join(name, Catalog(paths), paths);
    }

    private List<ImageTextItem> Catalog(Dictionary<NpmPackage, string> paths)
    {
        const string data = "package/en/data.json", messages = "package/en/messages.json", names = "package/emoji.json";
        Dictionary<string, byte[]> emojibase = Read(paths[packages.Emojibase], data, messages), source = Read(paths[packages.Noto], names);
        return EmojiCatalog.Read(emojibase[data], emojibase[messages], source[names], withTones);
    }

    // Pictures come in the order of the archives and are put in the order of the items.
    private ImageTextSet Join(string name, List<ImageTextItem> items, Dictionary<NpmPackage, string> paths)
    {
        int styles = packages.Pictures.Count;
        string what = PictureMemory.Check(name, (long)items.Count * styles, options);
        Dictionary<string, int> places = [];
        for (int i = 0; i < items.Count; i++)
            places.TryAdd(items[i].Id, i);
        DecodedPicture[] decoded = PictureDecoding.Run(
            packages.Pictures.SelectMany((source, style) => Pictures(paths[source.Package], source.Folder, places, style, styles)),
            items.Count * styles,
            bytes => PictureDecoder.Decode(bytes, options.Side),
            options.Parallel(cancellation),
            share => report($"decoding {what}", DecodingBegins + (1 - DecodingBegins) * share));
        return Collect(name, items, decoded);
    }

    private IEnumerable<EncodedPicture> Pictures(string path, string folder, Dictionary<string, int> places, int style, int styles)
    {
        HashSet<int> taken = [];
        using TarArchive archive = TarArchive.Open(path);
        while (archive.Next(cancellation) is { } entry)
        {
            // Fluent has two emoji twice, with U+FE0F and without: the first is taken.
            if (!entry.Name.StartsWith(folder, StringComparison.Ordinal)
                || !places.TryGetValue(CodePoints.Of(Path.GetFileNameWithoutExtension(entry.Name)), out int item)
                || !taken.Add(item))
                continue;
            byte[] bytes = archive.Read(entry);
            yield return new EncodedPicture(item * styles + style, () => bytes);
        }
    }

    private ImageTextSet Collect(string name, List<ImageTextItem> items, DecodedPicture[] decoded)
    {
        int styles = packages.Pictures.Count;
        List<ImageTextItem> drawn = [];
        List<ImageRow> rows = [];
        List<byte[]> pixels = [];
        for (int i = 0; i < items.Count; i++)
        {
            int before = rows.Count;
            for (int style = 0; style < styles; style++)
            {
                DecodedPicture picture = decoded[i * styles + style];
                if (picture.Fault is not null)
                    throw new EmbeddingDataException(
                        packages.Pictures[style].Package.FileName,
                        $"its picture of {items[i].Id} {picture.Fault}.",
                        "Delete that file in the cache folder and run again.");
                if (picture.Planes is null)
                    continue;
                rows.Add(new ImageRow(drawn.Count, style));
                pixels.Add(picture.Planes);
            }
            if (rows.Count > before)
                drawn.Add(items[i]);
        }
        return new ImageTextSet(name, drawn, [.. packages.Pictures.Select(source => source.Style)], rows, pixels, options.Side);
    }

    private Dictionary<string, byte[]> Read(string path, params string[] wanted)
    {
        Dictionary<string, byte[]> contents = [];
        using TarArchive archive = TarArchive.Open(path);
        while (contents.Count < wanted.Length)
        {
            TarEntry entry = archive.Next(cancellation)
                ?? throw new EmbeddingDataException(path, $"it lacks {Shown.Some([.. wanted.Except(contents.Keys)])}.", "Delete it and run again.");
            if (wanted.Contains(entry.Name))
                contents[entry.Name] = archive.Read(entry);
        }
        return contents;
    }
}
