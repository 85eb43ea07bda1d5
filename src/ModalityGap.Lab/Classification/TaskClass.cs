namespace ModalityGap.Lab.Classification;

/// <summary>One class of a task.</summary>
/// <param name="Name">What results call it.</param>
/// <param name="Phrase">What stands in the prompts.</param>
/// <param name="Aliases">What folders and label files call it else.</param>
public sealed record TaskClass(string Name, string Phrase, params IReadOnlyList<string> Aliases)
{
    /// <summary>A class whose phrase is its name.</summary>
    public TaskClass(string name)
        : this(name, name)
    {
    }

    /// <summary>Whether a folder or a label means this class; capitals, and underscores, hyphens or blanks between words, make no difference.</summary>
    internal bool IsMeantBy(string word)
    {
        string plain = Plain(word);
        return plain == Plain(Name) || plain == Plain(Phrase) || Aliases.Any(alias => plain == Plain(alias));
    }

    private static string Plain(string word) =>
        string.Join(' ', word.ToLowerInvariant().Split((char[])[' ', '_', '-'], StringSplitOptions.RemoveEmptyEntries));
}
