using System.Globalization;
using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Classification;

/// <summary>What pictures are classified as, and by which prompts.</summary>
public sealed record ZeroShotTask
{
    /// <summary>Where a prompt has the class's phrase.</summary>
    public const string Place = "{}";

    /// <summary>What CLIP's authors take where nothing is known of the pictures.</summary>
    public const string UsualTemplate = "a photo of a {}.";

    /// <summary>Its name on the command line, kebab-case.</summary>
    public required string Id { get; init; }

    /// <summary>Its name in words.</summary>
    public required string Title { get; init; }

    /// <summary>The classes; their order is that of the numbers that labels may be.</summary>
    public required IReadOnlyList<TaskClass> Classes { get; init; }

    /// <summary>Prompts with <see cref="Place"/>; several make an ensemble. Default <see cref="UsualTemplate"/>.</summary>
    public IReadOnlyList<string> Templates { get; init; } = [UsualTemplate];

    /// <summary>Columns of a table of labels whose words, joined by blanks, are the label; default the usual ones.</summary>
    public IReadOnlyList<string> LabelColumns { get; init; } = [];

    /// <summary>The column of the groups; <c>null</c>, the default, for none.</summary>
    public string? GroupColumn { get; init; }

    /// <summary>What groups are called, where the table calls them otherwise.</summary>
    public IReadOnlyDictionary<string, string> GroupNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Classes whose rates by group are told together.</summary>
    public IReadOnlyList<ClassSet> ClassSets { get; init; } = [];

    /// <summary>Names of tables of labels as the data's authors publish them.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>What a shift along the gap moves; default both.</summary>
    public string Shift { get; init; } = EvaluationOptions.Conventions[0];

    /// <summary>Whether it is judged by the area under the ROC curve instead of accuracy.</summary>
    public bool IsJudgedByArea { get; init; }

    /// <summary>Where classes and prompts are from, and what is not certain about them, in sentences.</summary>
    public string Origin { get; init; } = "";

    /// <summary>What somebody has to bring for it, in words.</summary>
    public string Pictures { get; init; } = "pictures";

    /// <summary>Every prompt and the class that it is of, class by class.</summary>
    internal IEnumerable<(string Prompt, string Class)> Prompts() =>
        from one in Classes from template in Templates select (template.Replace(Place, one.Phrase, StringComparison.Ordinal), one.Name);

    /// <summary>The class that a folder or a label means: by name, phrase or alias, else by number from 0; <c>null</c> where none is.</summary>
    internal TaskClass? Find(string word) => Classes.FirstOrDefault(one => one.IsMeantBy(word))
        ?? (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < Classes.Count ? Classes[number] : null);

    /// <summary>Takes templates of a user: a text with {} or {c}, or a file with one a line.</summary>
    /// <exception cref="EmbeddingDataException">One has no place for the class.</exception>
    internal ZeroShotTask With(IReadOnlyList<string> templates) => templates.Count == 0 ? this : this with { Templates = [.. templates.SelectMany(Read)] };

    private static IEnumerable<string> Read(string given)
    {
        string[] lines = File.Exists(given) ? [.. Clip.Runs.TextList.Lines(given).Where(line => line.Trim().Length > 0)] : [given];
        foreach (string line in lines)
        {
            string template = line.Replace("{c}", Place, StringComparison.Ordinal);
            yield return template.Contains(Place, StringComparison.Ordinal)
                ? template
                : throw new EmbeddingDataException(
                    File.Exists(given) ? given : "--template", $"\"{Shown.Name(line)}\" has no {Place}, where the class's name stands, and is no file.",
                    $"Write a template as \"{UsualTemplate}\", or name a file with one a line.");
        }
    }
}
