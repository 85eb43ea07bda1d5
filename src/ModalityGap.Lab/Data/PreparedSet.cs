using System.Text;
using System.Text.Json;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Data;

/// <summary>
/// A prepared set on disk in two open files: <c>NAME-SIDE.npy</c>, bytes of shape (pictures, 3, side, side), and <c>NAME-SIDE.jsonl</c>: a line
/// about the whole, one line an item, then one line a picture. The first line holds the fingerprint; what does not agree with it is not read.
/// </summary>
/// <param name="folder">The cache folder.</param>
/// <param name="name">The set.</param>
/// <param name="side">Its side.</param>
/// <param name="sources">What it was prepared from; a set of other sources is not this one.</param>
internal sealed class PreparedSet(string folder, string name, int side, IReadOnlyList<string> sources)
{
    /// <summary>To be raised whenever preparation gives other bytes or texts from the same sources.</summary>
    private const int Version = 1;

    public string PixelsPath => Path.Combine(folder, $"{name}-{side}.npy");

    private string LinesPath => Path.Combine(folder, $"{name}-{side}.jsonl");

    /// <summary>The set, or <c>null</c> where there is none, it is of another version, or damaged.</summary>
    public ImageTextSet? Read(CancellationToken cancellation)
    {
        try
        {
            if (!File.Exists(LinesPath) || !File.Exists(PixelsPath))
                return null;
            using IEnumerator<string> lines = File.ReadLines(LinesPath).GetEnumerator();
            if (!lines.MoveNext() || JsonSerializer.Deserialize(lines.Current, PreparedJson.Default.PreparedHead) is not { } head || !IsOurs(head))
                return null;
            List<ImageTextItem> items = ReadAll(lines, head.Items, ParseItem);
            List<ImageRow> images = ReadAll(lines, head.Images, line => JsonSerializer.Deserialize(line, PreparedJson.Default.ImageRow));
            var set = new ImageTextSet(name, items, head.Styles, images, ReadPixels(images.Count, cancellation), side);
            return set.Fingerprint == head.Fingerprint ? set : null;
        }
        // Whatever a damaged cache leads to: it is prepared again.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException
            or ArgumentException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Writes both files, each whole or not at all; the one with the fingerprint comes last.</summary>
    public bool TryWrite(ImageTextSet set, out string? fault)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var pixels = OutputFile.Open(PixelsPath);
            using var lines = OutputFile.Open(LinesPath);
            pixels.Write(stream => WritePixels(stream, set));
            lines.Write(stream => WriteLines(stream, set));
            fault = null;
            return true;
        }
        catch (Exception failure) when (failure is OutputException or IOException or UnauthorizedAccessException)
        {
            fault = failure.Message.Replace("--out", "--cache", StringComparison.Ordinal);
            return false;
        }
    }

    private bool IsOurs(PreparedHead head) =>
        head.Version == Version && head.Name == name && head.Side == side && head.Styles is not null && head.Sources?.SequenceEqual(sources) == true;

    // A null where there may be none is damage too.
    private static ImageTextItem ParseItem(string line) => JsonSerializer.Deserialize(line, PreparedJson.Default.ImageTextItem)
        is { Id: not null, Texts: not null, Tags: not null } item && item.Texts.Concat(item.Tags).All(text => text is not null)
            ? item
            : throw new InvalidDataException("An item lacks something.");

    private static List<T> ReadAll<T>(IEnumerator<string> lines, int count, Func<string, T> parse)
    {
        List<T> all = [];
        while (all.Count < count)
            all.Add(lines.MoveNext() ? parse(lines.Current) : throw new InvalidDataException("The list ends early."));
        return all;
    }

    // The header must be the very one that we write, so its claims need no parser and decide nothing.
    private byte[][] ReadPixels(int count, CancellationToken cancellation)
    {
        using FileStream file = File.OpenRead(PixelsPath);
        byte[] expected = Header(count), header = new byte[expected.Length];
        int size = ImageTextSet.Channels * side * side;
        if (file.Length != expected.Length + (long)count * size)
            throw new InvalidDataException("The size is wrong.");
        file.ReadExactly(header);
        if (!header.AsSpan().SequenceEqual(expected))
            throw new InvalidDataException("The header is another.");
        var pixels = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            file.ReadExactly(pixels[i] = new byte[size]);
        }
        return pixels;
    }

    private void WritePixels(Stream stream, ImageTextSet set)
    {
        stream.Write(Header(set.Images.Count));
        foreach (byte[] picture in set.Pixels)
            stream.Write(picture);
    }

    private void WriteLines(Stream stream, ImageTextSet set)
    {
        var head = new PreparedHead
        {
            Version = Version,
            Name = name,
            Side = side,
            Items = set.Items.Count,
            Images = set.Images.Count,
            Styles = set.Styles,
            Sources = sources,
            Fingerprint = set.Fingerprint,
        };
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(JsonSerializer.Serialize(head, PreparedJson.Default.PreparedHead));
        foreach (ImageTextItem item in set.Items)
            text.WriteLine(JsonSerializer.Serialize(item, PreparedJson.Default.ImageTextItem));
        foreach (ImageRow image in set.Images)
            text.WriteLine(JsonSerializer.Serialize(image, PreparedJson.Default.ImageRow));
    }

    // NumPy's format, version 1: magic, version, length, dictionary; blanks make the whole a multiple of 64.
    private byte[] Header(int count)
    {
        string dictionary = $"{{'descr': '|u1', 'fortran_order': False, 'shape': ({count}, {ImageTextSet.Channels}, {side}, {side}), }}";
        int length = (10 + dictionary.Length + 1 + 63) / 64 * 64 - 10;
        byte[] text = Encoding.ASCII.GetBytes(dictionary.PadRight(length - 1) + "\n");
        return [.. NpyHeader.Magic, 1, 0, (byte)length, (byte)(length >> 8), .. text];
    }
}
