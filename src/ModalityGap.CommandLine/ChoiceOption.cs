using System.CommandLine;

namespace ModalityGap.CommandLine;

/// <summary>Options that take one of some words, and say which when they get another one.</summary>
internal static class ChoiceOption
{
    public static Option<string?> Create(string name, string description, params string[] choices)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', choices) };
        option.CompletionSources.Add(choices);
        option.Validators.Add(result =>
        {
            string word = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
            if (!choices.Contains(word))
                result.AddError($"{name} is one of {string.Join(", ", choices)}, not '{word}'.{Suggestion.Sentence(word, choices)}");
        });
        return option;
    }

    /// <summary>Different words of these, with commas between.</summary>
    public static Option<string[]?> List(string name, string description, params string[] choices)
    {
        var option = new Option<string[]?>(name)
        {
            Description = description,
            HelpName = "LIST",
            CustomParser = result =>
            {
                string[] words = result.Tokens.Count == 0 ? [""] : result.Tokens[^1].Value.Split(',', StringSplitOptions.TrimEntries);
                foreach (string word in words.Where(word => !choices.Contains(word)))
                    result.AddError($"{name} takes words of {string.Join(", ", choices)} with commas between, not '{word}'.{Suggestion.Sentence(word, choices)}");
                foreach (string word in words.GroupBy(word => word).Where(group => group.Count() > 1).Select(group => group.Key))
                    result.AddError($"{name} has '{word}' twice.");
                return words;
            },
        };
        option.CompletionSources.Add(choices);
        return option;
    }
}
