using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>The format of Hugging Face for arrays with keys.</summary>
internal sealed class SafetensorsFormat : ArrayFileFormat, IEmbeddingWriter
{
    public override string Name => "safetensors";

    public override IReadOnlyList<string> Extensions { get; } = [".safetensors"];

    public bool HoldsIds => false;

    public bool HoldsLabels => false;

    public override bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension) =>
        SafetensorsArrays.Begins(start) || (Extensions.Contains(extension) && start.Length > 8 && start[8] == '{');

    public string? Obstacle(IReadOnlyList<EmbeddingSet> sets) => null;

    public void Write(Stream target, IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> header = Header(sets, options.Type);
        // The data begins at a multiple of eight; blanks may fill the header up.
        int padded = (header.Length + 7) / 8 * 8;
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded);
        target.Write(length);
        target.Write(header.Span);
        target.Write("        "u8[..(padded - header.Length)]);
        var progress = new WriteProgress(options, sets);
        foreach (EmbeddingSet set in sets)
            RowWriting.WriteAll(target, set, options.Type, progress, cancellation);
    }

    public override IReadOnlyList<StoredArray> List(SourceFile file) => SafetensorsArrays.List(file);

    private static ReadOnlyMemory<byte> Header(IReadOnlyList<EmbeddingSet> sets, WrittenType type)
    {
        var text = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(text);
        json.WriteStartObject();
        long at = 0;
        foreach (EmbeddingSet set in sets)
        {
            json.WriteStartObject(set.Modality.Name);
            json.WriteString("dtype", $"F{8 * RowWriting.SizeOf(type)}");
            WriteNumbers(json, "shape", set.Rows, set.Dimensions);
            long end = at + ((long)set.Rows * set.Dimensions * RowWriting.SizeOf(type));
            WriteNumbers(json, "data_offsets", at, end);
            json.WriteEndObject();
            at = end;
        }
        json.WriteEndObject();
        json.Flush();
        return text.WrittenMemory;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, long first, long second)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(first);
        json.WriteNumberValue(second);
        json.WriteEndArray();
    }
}
