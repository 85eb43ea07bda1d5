using System.Text.Json;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>Collects the rows of a JSON Lines file: for each key its values, and the ids, labels and captions.</summary>
internal sealed class JsonLineRows
{
    private readonly SourceFile file;
    private readonly JsonLineKeys keys;
    private readonly string[] shown;
    private readonly FloatBlocks[] values;
    private readonly int[] dimensions;
    private readonly bool[] seen;
    private readonly List<string>? ids;
    private readonly List<string>? labels;
    private readonly List<string>? captions;
    private bool idSeen;
    private bool labelSeen;
    private bool captionSeen;

    public JsonLineRows(SourceFile file, JsonLineKeys keys)
    {
        this.file = file;
        this.keys = keys;
        shown = [.. keys.Vectors.Select(Shown.Name)];
        values = [.. keys.Vectors.Select(_ => new FloatBlocks())];
        dimensions = new int[values.Length];
        seen = new bool[values.Length];
        ids = keys.Id is null ? null : [];
        labels = keys.Label is null ? null : [];
        captions = keys.Caption is null ? null : [];
    }

    public RowNames Names => new() { Ids = ids, Labels = labels, Captions = captions };

    public IReadOnlyList<int> Dimensions => dimensions;

    public long Rows { get; private set; }

    public float[] Values(int vector)
    {
        float[] all = file.AllocateValues(values[vector].Count);
        values[vector].CopyTo(all);
        return all;
    }

    /// <summary>Takes one object.</summary>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public void Add(ReadOnlySpan<byte> line, long number)
    {
        Array.Clear(seen);
        idSeen = labelSeen = captionSeen = false;
        var json = new Utf8JsonReader(line);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw Fault(number, "is not a JSON object", "Write one JSON object per line.");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            TakeProperty(ref json, number);
        json.Read();
        int missing = Array.IndexOf(seen, false);
        if (missing >= 0)
            throw Fault(number, $"has no {shown[missing]}", "Every line needs what the first has: repair the export.");
        RequireAs(number, ids, idSeen, keys.Id);
        RequireAs(number, labels, labelSeen, keys.Label);
        if (!captionSeen)
            captions?.Add("");
        Rows++;
    }

    private void TakeProperty(ref Utf8JsonReader json, long number)
    {
        for (int i = 0; i < seen.Length; i++)
        {
            if (!json.ValueTextEquals(keys.Vectors[i]))
                continue;
            Once(ref seen[i], number, keys.Vectors[i]);
            json.Read();
            TakeVector(ref json, number, i);
            return;
        }
        if (keys.Id is not null && json.ValueTextEquals(keys.Id))
            TakeText(ref json, number, keys.Id, ref idSeen, ids!);
        else if (keys.Label is not null && json.ValueTextEquals(keys.Label))
            TakeText(ref json, number, keys.Label, ref labelSeen, labels!);
        else if (keys.Caption is not null && json.ValueTextEquals(keys.Caption))
            TakeCaption(ref json, number);
        else
            json.Skip();
    }

    private void TakeVector(ref Utf8JsonReader json, long number, int vector)
    {
        string key = shown[vector];
        if (json.TokenType != JsonTokenType.StartArray)
            throw Fault(number, $"has no array of numbers in {key}", "Every line needs what the first has: repair the export.");
        long before = values[vector].Count;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            values[vector].Add(Number(ref json, number, key, values[vector].Count - before));
        int count = (int)(values[vector].Count - before);
        if (Rows == 0)
            dimensions[vector] = count;
        if (count == 0)
            throw Fault(number, $"has an empty {key}", "Leave the item out, or encode it again.");
        if (count != dimensions[vector])
            throw Fault(
                number,
                $"has {count} values in {key}, the first line {dimensions[vector]}",
                "All rows must come from the same model.");
    }

    private float Number(ref Utf8JsonReader json, long number, string key, long index)
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetSingle(out float value))
            return value;
        float? named = json.TokenType == JsonTokenType.String ? NonFiniteTokens.Value(json.ValueSpan) : null;
        return named ?? throw Fault(
            number,
            $"holds {Kind(json.TokenType)} as value {index} of {key}, not a number",
            json.TokenType == JsonTokenType.StartArray ? "Write one row per line." : "Repair the export, or leave the item out.");
    }

    private void TakeText(ref Utf8JsonReader json, long number, string key, ref bool isSeen, List<string> list)
    {
        Once(ref isSeen, number, key);
        json.Read();
        list.Add(json.TokenType switch
        {
            JsonTokenType.String => json.GetString()!,
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(json.ValueSpan),
            _ => throw Fault(
                number, $"holds {Kind(json.TokenType)} as {key}, not a text or a number", $"Give every line its {key}, or none."),
        });
    }

    // A caption helps a reader and pairs nothing: a row may lack it.
    private void TakeCaption(ref Utf8JsonReader json, long number)
    {
        Once(ref captionSeen, number, keys.Caption!);
        json.Read();
        captions!.Add(json.TokenType == JsonTokenType.String ? json.GetString()! : "");
        json.Skip();
    }

    private void Once(ref bool isSeen, long number, string key)
    {
        if (isSeen)
            throw Fault(number, $"holds the key {Shown.Name(key)} twice", "Repair the export: it is not clear which one counts.");
        isSeen = true;
    }

    private void RequireAs(long number, List<string>? list, bool isSeen, string? key)
    {
        if (list is not null && !isSeen)
            throw Fault(number, $"has no {key}, though the first line has one", $"Give every line its {key}, or none.");
    }

    private EmbeddingDataException Fault(long number, string fault, string remedy) => file.Fault($"line {number} {fault}.", remedy);

    private static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.Null => "null",
        JsonTokenType.String => "a text",
        JsonTokenType.True or JsonTokenType.False => "a truth value",
        JsonTokenType.StartArray => "an array",
        _ => "an object",
    };
}
