using System.Text.Json;

namespace ModalityGap.Sources;

/// <summary>What the header of a safetensors file says of one array.</summary>
internal sealed record SafetensorsEntry(string Name, string Type, long[] Shape, long Begin, long End)
{
    private const int MostAxes = 64;

    /// <summary>Reads the value of a property of the header; <c>null</c> when it does not describe an array.</summary>
    public static SafetensorsEntry? Read(ref Utf8JsonReader json, string name)
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        if (json.TokenType != JsonTokenType.StartObject)
            return null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = json.ValueTextEquals("dtype"u8);
            bool isShape = json.ValueTextEquals("shape"u8);
            bool isOffsets = json.ValueTextEquals("data_offsets"u8);
            json.Read();
            if (isType && type is null && json.TokenType == JsonTokenType.String)
                type = json.GetString();
            else if (isShape && shape is null)
                shape = Numbers(ref json);
            else if (isOffsets && offsets is null)
                offsets = Numbers(ref json);
            else
                return null;
        }
        return type is null || shape is null || offsets is not [long begin, long end] ? null : new(name, type, shape, begin, end);
    }

    private static long[]? Numbers(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            return null;
        Span<long> numbers = stackalloc long[MostAxes];
        int count = 0;
        while (json.Read() && json.TokenType == JsonTokenType.Number)
        {
            if (count == MostAxes || !json.TryGetInt64(out numbers[count++]))
                return null;
        }
        return json.TokenType == JsonTokenType.EndArray ? numbers[..count].ToArray() : null;
    }
}
