using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Arguments;

/// <summary><c>--dtype</c>: the element type to write.</summary>
internal static class ElementTypeOption
{
    private static readonly Dictionary<string, WrittenType> Types = new()
    {
        ["float16"] = WrittenType.Float16,
        ["float32"] = WrittenType.Float32,
        ["float64"] = WrittenType.Float64,
    };

    public static Option<string?> Create()
    {
        var option = new Option<string?>("--dtype")
        {
            Description = "Element type to write; default float16 where every input is float16, else float32.",
            HelpName = string.Join('|', Types.Keys),
        };
        option.CompletionSources.Add([.. Types.Keys]);
        option.Validators.Add(result =>
        {
            string word = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
            if (!Types.ContainsKey(word))
                result.AddError($"--dtype is one of {string.Join(", ", Types.Keys)}, not '{word}'.{Suggestion.Sentence(word, Types.Keys)}");
        });
        return option;
    }

    public static WrittenType? Parse(string? word) => word is null ? null : Types[word];
}
