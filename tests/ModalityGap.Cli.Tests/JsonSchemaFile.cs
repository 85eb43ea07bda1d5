using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary>The schema of a result as the records and their documentation define it.</summary>
internal static partial class JsonSchemaFile
{
    /// <summary>Every form of a result: its schema's file, its record, its title.</summary>
    public static (string Name, Type Record, string Title)[] All { get; } =
    [
        ("modgap-result.schema.json", typeof(AnalysisResult), "The result of modgap"),
        ("modgap-linear.schema.json", typeof(LinearResult), "The result of modgap measure --linear"),
        ("modgap-correct.schema.json", typeof(CorrectionResult), "The result of modgap correct"),
        ("modgap-evaluate.schema.json", typeof(EvaluationResult), "The result of modgap evaluate"),
        ("modgap-compare.schema.json", typeof(ComparisonResult), "The result of modgap compare"),
        ("modgap-check.schema.json", typeof(CheckResult), "The result of modgap check"),
    ];

    public static string PathOf(string name) => Path.Combine(SharedFolder.RepositoryRoot, "docs", name);

    public static string Generate(Type record, string title)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new JsonStringEnumConverter() },
        };
        Dictionary<string, string> documentation = Documentation();
        JsonNode schema = options.GetJsonSchemaAsNode(record, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Transform(context, node, documentation),
        });
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = title,
        };
        foreach ((string name, JsonNode? value) in schema.AsObject().ToList())
        {
            schema.AsObject().Remove(name);
            root[name] = value;
        }
        return root.ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }) + "\n";
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node, Dictionary<string, string> documentation)
    {
        if (node is not JsonObject schema)
            return node;
        // What is null is left out of the file.
        if (schema["required"] is JsonArray required && schema["properties"] is JsonObject properties)
            foreach (JsonNode? name in required.ToList())
                if (MayBeNull(context, name!.GetValue<string>(), properties))
                    required.Remove(name);
        if (context.PropertyInfo is { AttributeProvider: PropertyInfo property }
            && documentation.TryGetValue($"{property.DeclaringType!.FullName}.{property.Name}", out string? text))
            schema.Insert(0, "description", text);
        return schema;
    }

    // A type that occurs again stands there as a reference, which does not say whether it may be null.
    private static bool MayBeNull(JsonSchemaExporterContext context, string name, JsonObject properties) => properties[name] switch
    {
        { } schema when schema["$ref"] is not null => context.TypeInfo.Properties.First(property => property.Name == name).IsGetNullable,
        { } schema => schema["type"] is JsonArray types && types.Any(type => type!.GetValue<string>() == "null"),
        _ => false,
    };

    // Summaries of properties, and of the parameters of positional records, from the compiler's documentation files.
    private static Dictionary<string, string> Documentation()
    {
        Dictionary<string, string> texts = [];
        foreach (XElement member in Directory.EnumerateFiles(AppContext.BaseDirectory, "ModalityGap*.xml").SelectMany(file => XDocument.Load(file).Descendants("member")))
        {
            string name = member.Attribute("name")!.Value;
            if (name.StartsWith("P:", StringComparison.Ordinal) && member.Element("summary") is { } summary)
                texts[name[2..]] = Text(summary);
            else if (name.StartsWith("T:", StringComparison.Ordinal))
                foreach (XElement parameter in member.Elements("param"))
                    texts[$"{name[2..]}.{parameter.Attribute("name")!.Value}"] = Text(parameter);
        }
        return texts;
    }

    private static string Text(XElement element)
    {
        foreach (XElement reference in element.Descendants().Where(child => child.Attribute("cref") is not null).ToList())
            reference.ReplaceWith(reference.Attribute("cref")!.Value.Split('.')[^1]);
        return Blanks().Replace(element.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
