using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Lab.Classification;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>Options that say what pictures are classified as: a task of the paper, or a user's own.</summary>
internal sealed class TaskOptions
{
    private readonly Option<string?> preset;

    private readonly Option<string?> classes = new("--classes")
    {
        Description = "Classes, one a line; behind a tab what its folder or label is called else. Default the table's labels, else the folders' names.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> templates = new("--template")
    {
        Description = $"A prompt with {ZeroShotTask.Place} for the class, or a file with one a line; several make an ensemble. Default the preset's, else \"{ZeroShotTask.UsualTemplate}\".",
        HelpName = "TEXT",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> labels = new("--labels")
    {
        Description = "A table with a row a picture: csv or tsv with a head, or jsonl. Default a table in the folder of pictures, else a folder for each class.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> labelColumns = new("--label-column")
    {
        Description = "The table's column of the labels, or several whose words make one; default label, class or category.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> groupColumn = new("--group-column")
    {
        Description = "The table's column of the groups, whose rates are told apart.",
        HelpName = "NAME",
    };

    public TaskOptions(Command command)
    {
        string[] names = [.. TaskPresets.All.Select(task => task.Id)];
        preset = ChoiceOption.Create("--preset", "Classes, prompts and labels of one of the paper's tasks.", names);
        foreach (Option option in (Option[])[preset, classes, templates, labels, labelColumns, groupColumn])
            command.Options.Add(option);
    }

    /// <summary>The table of labels that was named.</summary>
    public string? Labels(ParseResult parsed) => parsed.GetValue(labels);

    /// <exception cref="UsageException">Two things say which the classes are.</exception>
    /// <exception cref="Embeddings.EmbeddingDataException">Classes or templates cannot be used.</exception>
    public ZeroShotTask Read(ParseResult parsed, string images)
    {
        if (parsed.GetValue(preset) is not null && parsed.GetValue(classes) is not null)
            throw new UsageException("--preset and --classes both name classes; give one of them.");
        ZeroShotTask task = Named(parsed, images).With(parsed.GetValue(templates) ?? []);
        return task with
        {
            LabelColumns = parsed.GetValue(labelColumns) is { Length: > 0 } columns ? columns : task.LabelColumns,
            GroupColumn = parsed.GetValue(groupColumn) ?? task.GroupColumn,
        };
    }

    private ZeroShotTask Named(ParseResult parsed, string images)
    {
        if (parsed.GetValue(preset) is { } id)
            return TaskPresets.Find(id)!;
        string? file = parsed.GetValue(classes);
        return new ZeroShotTask
        {
            Id = "own",
            Title = file ?? images,
            Classes = file is not null ? ClassFile.Read(file)
                : LabelledPictures.ClassesOf(images, parsed.GetValue(labels), parsed.GetValue(labelColumns) ?? []),
        };
    }
}
