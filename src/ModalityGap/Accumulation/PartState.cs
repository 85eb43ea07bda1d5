using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Accumulation;

/// <summary>
/// The bytes of a part: "gap-part", the version, the length of what follows, the content, and SHA-256 of all before it. Numbers are little
/// endian and as wide as in memory, so that what is read merges to the same bits as what was written.
/// </summary>
internal static class PartState
{
    private const int Version = 1;

    private const int StartBytes = 8 + sizeof(int) + sizeof(long);

    private const string Again = "It is truncated or damaged: delete it and make that part again.";

    private static ReadOnlySpan<byte> Magic => "gap-part"u8;

    public static byte[] ToBytes(GapAccumulator part)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(0L);
        writer.Write(ToolVersion.Name);
        Write(writer, part.Options);
        Write(writer, part.Corpus);
        WriteAll(writer, part.Rows, Write);
        WriteAll(writer, part.Files, Write);
        part.Total.Write(writer);
        writer.Flush();
        BinaryPrimitives.WriteInt64LittleEndian(stream.GetBuffer().AsSpan(StartBytes - sizeof(long)), stream.Length - StartBytes);
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    public static GapAccumulator Read(ReadOnlyMemory<byte> content, string name)
    {
        byte[] bytes = Checked(content.Span, name);
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        try
        {
            _ = reader.ReadString();
            LinearOptions options = ReadOptions(reader);
            CorpusDescription corpus = ReadCorpus(reader);
            // Both tables of the accumulator are made from these two: a file decides nothing that its length does not allow.
            if ((long)corpus.Dimensions * corpus.Modalities.Count * sizeof(double) > bytes.Length)
                throw new InvalidDataException("its sums are shorter than it announces.");
            var part = new GapAccumulator(corpus, options, ReadAll(reader, ReadRange), ReadAll(reader, ReadFile));
            part.Total.Read(reader);
            return part;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or ArgumentException or FormatException or OverflowException)
        {
            throw new EmbeddingDataException(name, $"it does not hold what a part holds ({fault.Message.TrimEnd('.')}).", Again, fault);
        }
    }

    private static byte[] Checked(ReadOnlySpan<byte> content, string name)
    {
        if (!content.StartsWith(Magic))
            throw new EmbeddingDataException(name, "it is not a part.", "Name the files that modgap measure --shard i/n -o FILE wrote.");
        if (content.Length < StartBytes + SHA256.HashSizeInBytes)
            throw new EmbeddingDataException(name, "it ends inside its header.", Again);
        int version = BinaryPrimitives.ReadInt32LittleEndian(content[Magic.Length..]);
        if (version != Version)
            throw new EmbeddingDataException(
                name, $"it is of version {version} of the form; version {Version} is known.", "Make and merge all parts with one version of modgap.");
        long length = BinaryPrimitives.ReadInt64LittleEndian(content[(Magic.Length + sizeof(int))..]);
        ReadOnlySpan<byte> before = content[..^SHA256.HashSizeInBytes];
        if (length != before.Length - StartBytes)
            throw new EmbeddingDataException(name, $"it has {Shown.Bytes(content.Length)}, not the number that it announces.", Again);
        if (!SHA256.HashData(before).AsSpan().SequenceEqual(content[^SHA256.HashSizeInBytes..]))
            throw new EmbeddingDataException(name, "its checksum does not fit its content.", Again);
        return before[StartBytes..].ToArray();
    }

    private static void Write(BinaryWriter writer, LinearOptions options)
    {
        writer.Write(options.Seed);
        writer.Write(options.SamplePairs);
        writer.Write(options.SkipInvalid);
    }

    private static LinearOptions ReadOptions(BinaryReader reader) =>
        new() { Seed = reader.ReadInt64(), SamplePairs = reader.ReadInt32(), SkipInvalid = reader.ReadBoolean() };

    private static void Write(BinaryWriter writer, CorpusDescription corpus)
    {
        writer.Write(corpus.Dimensions);
        WriteAll(writer, corpus.Modalities, Write);
        WriteAll(writer, corpus.Shards, Write);
        WriteAll(writer, corpus.Skipped, Write);
    }

    private static CorpusDescription ReadCorpus(BinaryReader reader)
    {
        int dimensions = reader.ReadInt32();
        List<CorpusModality> modalities = ReadAll(reader, ReadModality);
        if (dimensions < 1 || modalities.Count < 2)
            throw new InvalidDataException($"{modalities.Count} modalities of {dimensions} dimensions.");
        return new CorpusDescription(
            modalities,
            dimensions,
            ReadAll(reader, from => new Shard(from.ReadInt32(), from.ReadInt64())),
            ReadAll(reader, from => new SkippedShard(from.ReadInt32(), from.ReadString())));
    }

    private static void Write(BinaryWriter writer, CorpusModality modality)
    {
        writer.Write(modality.Modality.Name);
        writer.Write(modality.Origin.Source);
        writer.Write(modality.Origin.Format);
        writer.Write(modality.Origin.ElementType);
        WriteOptional(writer, modality.Origin.Part);
        Write(writer, modality.Origin.Fingerprint);
        WriteOptional(writer, modality.ReadWhole);
    }

    private static CorpusModality ReadModality(BinaryReader reader) => new(
        new Modality(reader.ReadString()),
        new Provenance(reader.ReadString(), reader.ReadString(), reader.ReadString(), ReadOptional(reader), ReadFingerprint(reader)),
        ReadOptional(reader));

    private static void Write(BinaryWriter writer, Shard shard)
    {
        writer.Write(shard.Number);
        writer.Write(shard.Rows);
    }

    private static void Write(BinaryWriter writer, SkippedShard shard)
    {
        writer.Write(shard.Number);
        writer.Write(shard.Reason);
    }

    private static void Write(BinaryWriter writer, ShardRange range)
    {
        writer.Write(range.Shard);
        writer.Write(range.First);
        writer.Write(range.Count);
    }

    private static ShardRange ReadRange(BinaryReader reader) => new(reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64());

    private static void Write(BinaryWriter writer, PassedFile file)
    {
        writer.Write(file.Shard);
        writer.Write(file.Modality);
        writer.Write(file.Path);
        Write(writer, file.Sketch);
        writer.Write(file.Whole);
        Write(writer, file.Fingerprint);
    }

    private static PassedFile ReadFile(BinaryReader reader) =>
        new(reader.ReadInt32(), reader.ReadInt32(), reader.ReadString(), ReadFingerprint(reader), reader.ReadBoolean(), ReadFingerprint(reader));

    private static void Write(BinaryWriter writer, Fingerprint fingerprint)
    {
        writer.Write(fingerprint.Algorithm);
        writer.Write(fingerprint.Value);
    }

    private static Fingerprint ReadFingerprint(BinaryReader reader) => new(reader.ReadString(), reader.ReadString());

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        writer.Write(text ?? "");
    }

    private static string? ReadOptional(BinaryReader reader)
    {
        bool there = reader.ReadBoolean();
        string text = reader.ReadString();
        return there ? text : null;
    }

    private static void WriteAll<T>(BinaryWriter writer, IReadOnlyCollection<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(items.Count);
        foreach (T item in items)
            write(writer, item);
    }

    // A list grows with what is read, not with what is announced.
    private static List<T> ReadAll<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        List<T> items = [];
        for (int left = reader.ReadInt32(); left > 0; left--)
            items.Add(read(reader));
        return items;
    }
}
