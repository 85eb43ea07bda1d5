using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModalityGap.Cli.Tests;

/// <summary>Checks a document against the part of JSON Schema 2020-12 that our schema uses; any other keyword fails.</summary>
internal sealed class JsonSchemaCheck(JsonObject root)
{
    private static readonly HashSet<string> Silent = ["$schema", "title", "description", "default"];

    /// <summary>Everything that does not fit, each with its place.</summary>
    public List<string> Faults { get; } = [];

    public void Check(JsonNode? value) => Check(root, value, "$");

    private void Check(JsonNode schema, JsonNode? value, string place)
    {
        if (schema.GetValueKind() == JsonValueKind.True)
            return;
        foreach ((string keyword, JsonNode? rule) in schema.AsObject())
        {
            switch (keyword)
            {
                case "$ref":
                    Check(Resolve(rule!.GetValue<string>()), value, place);
                    break;
                case "type":
                    string[] types = rule is JsonArray list ? [.. list.Select(type => type!.GetValue<string>())] : [rule!.GetValue<string>()];
                    if (!types.Any(type => Is(type, value)))
                        Faults.Add($"{place} is not {string.Join(" or ", types)}");
                    break;
                case "enum":
                    if (!rule!.AsArray().Any(choice => JsonNode.DeepEquals(choice, value)))
                        Faults.Add($"{place} is none of the choices");
                    break;
                case "required" when value is JsonObject record:
                    foreach (JsonNode? name in rule!.AsArray())
                        if (!record.ContainsKey(name!.GetValue<string>()))
                            Faults.Add($"{place} lacks {name}");
                    break;
                case "properties" when value is JsonObject record:
                    foreach ((string name, JsonNode? part) in record)
                        if (rule![name] is { } known)
                            Check(known, part, $"{place}.{name}");
                        else
                            Faults.Add($"{place}.{name} is not in the schema");
                    break;
                case "additionalProperties" when value is JsonObject map:
                    foreach ((string name, JsonNode? part) in map)
                        Check(rule!, part, $"{place}.{name}");
                    break;
                case "items" when value is JsonArray array:
                    for (int i = 0; i < array.Count; i++)
                        Check(rule!, array[i], $"{place}[{i}]");
                    break;
                case "required" or "properties" or "additionalProperties" or "items":
                    break;
                default:
                    if (!Silent.Contains(keyword))
                        Faults.Add($"{place}: the schema uses {keyword}, which this check does not know");
                    break;
            }
        }
    }

    private JsonNode Resolve(string reference)
    {
        JsonNode node = root;
        foreach (string step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            node = node is JsonArray array ? array[int.Parse(step, null)]! : node[step.Replace("~1", "/").Replace("~0", "~")]!;
        return node;
    }

    private static bool Is(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) => true,
        ("number", JsonValueKind.Number) or ("null", JsonValueKind.Null) => true,
        ("integer", JsonValueKind.Number) => value!.ToJsonString().All(digit => char.IsAsciiDigit(digit) || digit == '-'),
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        _ => false,
    };
}
