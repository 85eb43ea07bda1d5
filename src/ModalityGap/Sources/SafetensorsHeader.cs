using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace ModalityGap.Sources;

/// <summary>Writes the beginning of a safetensors file: the header's length and the header, which names arrays in the order of their data.</summary>
internal static class SafetensorsHeader
{
    /// <summary>The key of the texts beside the arrays.</summary>
    public const string Metadata = "__metadata__";

    /// <param name="target">The file.</param>
    /// <param name="arrays">Name, code of the element type, bytes per element and shape of each.</param>
    /// <param name="texts">What stands in <c>__metadata__</c>; default nothing.</param>
    public static void Write(
        Stream target, IEnumerable<(string Name, string Type, int Size, long[] Shape)> arrays, IReadOnlyDictionary<string, string>? texts = null)
    {
        ReadOnlySpan<byte> header = Header(arrays, texts);
        // The data begins at a multiple of eight; blanks may fill the header up.
        int padded = (header.Length + 7) / 8 * 8;
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded);
        target.Write(length);
        target.Write(header);
        target.Write("        "u8[..(padded - header.Length)]);
    }

    private static ReadOnlySpan<byte> Header(
        IEnumerable<(string Name, string Type, int Size, long[] Shape)> arrays, IReadOnlyDictionary<string, string>? texts)
    {
        var text = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(text);
        json.WriteStartObject();
        if (texts is not null)
        {
            json.WriteStartObject(Metadata);
            foreach ((string name, string value) in texts)
                json.WriteString(name, value);
            json.WriteEndObject();
        }
        long at = 0;
        foreach ((string name, string type, int size, long[] shape) in arrays)
        {
            json.WriteStartObject(name);
            json.WriteString("dtype", type);
            WriteNumbers(json, "shape", shape);
            long end = at + shape.Aggregate((long)size, (product, axis) => product * axis);
            WriteNumbers(json, "data_offsets", at, end);
            json.WriteEndObject();
            at = end;
        }
        json.WriteEndObject();
        json.Flush();
        return text.WrittenSpan;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, params ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
