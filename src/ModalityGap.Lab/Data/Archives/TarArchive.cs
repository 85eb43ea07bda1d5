using System.Formats.Tar;
using System.IO.Compression;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Data.Archives;

/// <summary>Reads the files of a tar, plain or gzipped, from its beginning to its end. Nothing is unpacked: names are names, never paths.</summary>
internal sealed class TarArchive : IDisposable
{
    /// <summary>No picture and no text of one has more.</summary>
    private const long LargestContent = 256L << 20;

    private readonly string path;
    private readonly FileStream file;
    private readonly Stream content;
    private readonly TarReader reader;
    private readonly bool isPlain;
    private long entries;

    private TarArchive(string path, FileStream file, bool isPlain)
    {
        (this.path, this.file, this.isPlain) = (path, file, isPlain);
        content = isPlain ? file : new GZipStream(file, CompressionMode.Decompress);
        reader = new TarReader(content);
    }

    /// <exception cref="EmbeddingDataException">It cannot be opened.</exception>
    public static TarArchive Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17);
            bool isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            return new TarArchive(path, file, !isGzip);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(path, "it cannot be read.", "Check the path and the permissions.", fault);
        }
    }

    /// <summary>The next regular file, or <c>null</c> at the end.</summary>
    /// <exception cref="EmbeddingDataException">The archive is cut off or damaged.</exception>
    public TarEntry? Next(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            TarEntry? entry = Guard(() => reader.GetNextEntry());
            if (entry is null)
                return null;
            entries++;
            // A reader that skips by seeking does not notice that there is nothing where it lands.
            if (isPlain && entry.DataOffset >= 0 && entry.DataOffset + entry.Length > file.Length)
                throw CutOff(null);
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile)
                return entry;
        }
    }

    /// <summary>The content of the entry that <see cref="Next"/> returned last.</summary>
    public byte[] Read(TarEntry entry)
    {
        if (entry.Length > LargestContent)
            throw new EmbeddingDataException(
                path, $"its entry {Shown.Name(entry.Name)} claims {Shown.Bytes(entry.Length)}.", "No picture is so large: make the archive again.");
        if (entry.DataStream is not { } data)
            return [];
        // Grows with what comes, not with what the header claims.
        var bytes = new MemoryStream();
        Guard(() =>
        {
            data.CopyTo(bytes);
            return bytes;
        });
        return bytes.Length == entry.Length ? bytes.ToArray() : throw CutOff(null);
    }

    public void Dispose()
    {
        reader.Dispose();
        content.Dispose();
        file.Dispose();
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EndOfStreamException fault)
        {
            throw CutOff(fault);
        }
        // What the reader throws at numbers, types and checksums that cannot be.
        catch (Exception fault) when (fault is InvalidDataException or FormatException or ArgumentException or OverflowException or IOException)
        {
            throw new EmbeddingDataException(
                path, $"it is no tar, or damaged, after {Shown.Count(entries)} entries.", "Copy or download it again.", fault);
        }
    }

    private EmbeddingDataException CutOff(Exception? inner) => new(
        path, $"it is cut off after {Shown.Count(entries)} entries.", "Copy or download it again, or leave this file out.", inner);
}
