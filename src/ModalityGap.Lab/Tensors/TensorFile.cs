using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Tensors;

/// <summary>
/// Tensors and texts in one safetensors file (github.com/huggingface/safetensors, format 0.3): the length of a JSON header, the header,
/// the values. Texts stand in its <c>__metadata__</c>.
/// </summary>
internal static class TensorFile
{
    private const string Damaged = "The file is truncated or damaged: take an earlier checkpoint.";

    /// <summary>The format's own limit.</summary>
    private const long MostHeaderBytes = 100_000_000;

    /// <summary>Writes tensors in their order.</summary>
    public static void Write(Stream target, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> texts)
    {
        SafetensorsHeader.Write(
            target,
            tensors.Select(tensor => tensor.Values is long[]? (tensor.Name, "I64", sizeof(long), tensor.Shape) : (tensor.Name, "F32", sizeof(float), tensor.Shape)),
            texts);
        foreach (NamedTensor tensor in tensors)
            target.Write(Bytes(tensor.Values));
    }

    /// <summary>Reads all tensors and texts.</summary>
    /// <exception cref="EmbeddingDataException">It is no such file, or a damaged one.</exception>
    public static (Dictionary<string, NamedTensor> Tensors, Dictionary<string, string> Texts) Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return Read(file, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(path, $"it cannot be read ({exception.Message.TrimEnd('.')}).", "Check the path and the permissions.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException)
        {
            throw new EmbeddingDataException(path, "its header makes no sense.", Damaged);
        }
    }

    /// <summary>Whether a text of this key stands in a file's <c>__metadata__</c>; only the header is read.</summary>
    public static bool HasText(SourceFile file, string key)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        if (file.Length < length.Length)
            return false;
        file.ReadAt(0, length);
        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (headerLength < 2 || headerLength > Math.Min(file.Length - length.Length, MostHeaderBytes))
            return false;
        var header = new byte[headerLength];
        file.ReadAt(length.Length, header);
        try
        {
            using JsonDocument json = JsonDocument.Parse(header);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(SafetensorsHeader.Metadata, out JsonElement texts)
                && texts.ValueKind == JsonValueKind.Object
                && texts.TryGetProperty(key, out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static (Dictionary<string, NamedTensor>, Dictionary<string, string>) Read(FileStream file, string path)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        if (file.Length < length.Length)
            throw new EmbeddingDataException(path, "it is empty, or nearly.", Damaged);
        file.ReadExactly(length);
        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (headerLength < 2 || headerLength > file.Length - length.Length)
            throw new EmbeddingDataException(path, "it is not a safetensors file, or ends in its header.", Damaged);
        var header = new byte[headerLength];
        file.ReadExactly(header);
        using JsonDocument json = JsonDocument.Parse(header);
        var tensors = new Dictionary<string, NamedTensor>(StringComparer.Ordinal);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty entry in json.RootElement.EnumerateObject())
            if (entry.Name == SafetensorsHeader.Metadata)
                foreach (JsonProperty text in entry.Value.EnumerateObject())
                    texts[text.Name] = text.Value.GetString()!;
            else
                tensors[entry.Name] = Read(file, path, entry, length.Length + headerLength);
        return (tensors, texts);
    }

    private static NamedTensor Read(FileStream file, string path, JsonProperty entry, long start)
    {
        long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())];
        long begin = entry.Value.GetProperty("data_offsets")[0].GetInt64(), end = entry.Value.GetProperty("data_offsets")[1].GetInt64();
        string type = entry.Value.GetProperty("dtype").GetString()!;
        if (begin < 0 || end < begin || end > file.Length - start || shape.Any(length => length < 0))
            throw new EmbeddingDataException(path, $"the tensor {entry.Name} lies outside the file.", Damaged);
        long count = shape.Aggregate(1L, (product, length) => checked(product * length));
        Array values = (type, end - begin) switch
        {
            ("F32", var size) when size == count * sizeof(float) => new float[count],
            ("I64", var size) when size == count * sizeof(long) => new long[count],
            _ => throw new EmbeddingDataException(path, $"the tensor {entry.Name} is of type {type} or of another size than its shape says.", Damaged),
        };
        file.Position = start + begin;
        file.ReadExactly(Bytes(values));
        return new NamedTensor(entry.Name, shape, values);
    }

    private static Span<byte> Bytes(Array values) =>
        values is long[] whole ? MemoryMarshal.AsBytes(whole.AsSpan()) : MemoryMarshal.AsBytes(((float[])values).AsSpan());
}
