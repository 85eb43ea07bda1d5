using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip.Runs;
using ModalityGap.Sources;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Classification;

/// <summary>Pictures with the class of each, from a folder for each class or a table of labels.</summary>
/// <param name="Folder">What their names are looked up in.</param>
/// <param name="Names">Their names, with slashes.</param>
/// <param name="Labels">The name of each one's class.</param>
/// <param name="Groups">The group of each; <c>null</c> where none is known.</param>
/// <param name="Source">Where the labels are from, for messages.</param>
internal sealed record LabelledPictures(
    string Folder, IReadOnlyList<string> Names, IReadOnlyList<string> Labels, IReadOnlyList<string>? Groups, string Source)
{
    private const int MostNamed = 5;

    /// <summary>Finds them: by the table that is named, else by one in the folder, else by the folders in it.</summary>
    /// <param name="folder">The folder of pictures.</param>
    /// <param name="table">A table of labels; <c>null</c> for one in the folder, or folders.</param>
    /// <param name="task">The classes.</param>
    /// <exception cref="EmbeddingDataException">There are no pictures, or one has no class of the task.</exception>
    public static LabelledPictures Find(string folder, string? table, ZeroShotTask task)
    {
        if (!Directory.Exists(folder))
            throw new EmbeddingDataException(folder, "there is no such folder.",
                "Name the folder of pictures, with a folder for each class in it or a table of labels.");
        return (table ?? LabelTable.In(folder, task.Tables)) is { } found ? FromTable(folder, LabelTable.Read(found), task) : FromFolders(folder, task);
    }

    /// <summary>Some of them, drawn at random, in their order.</summary>
    public LabelledPictures Draw(int most, RandomStream random)
    {
        if (Names.Count <= most)
            return this;
        int[] drawn = [.. random.NextPermutation(Names.Count).Take(most).Order()];
        return this with
        {
            Names = [.. drawn.Select(i => Names[i])],
            Labels = [.. drawn.Select(i => Labels[i])],
            Groups = Groups is { } groups ? [.. drawn.Select(i => groups[i])] : null,
        };
    }

    /// <summary>The classes that nobody named: the labels of a table, or else the folders, in their alphabetical order, with blanks for underscores.</summary>
    /// <param name="folder">The folder of pictures.</param>
    /// <param name="table">A table of labels; <c>null</c> for one in the folder, or folders.</param>
    /// <param name="columns">The table's columns of labels; none for the usual one.</param>
    /// <exception cref="EmbeddingDataException">There are no two of them.</exception>
    public static IReadOnlyList<TaskClass> ClassesOf(string folder, string? table, IReadOnlyList<string> columns)
    {
        if ((table ?? LabelTable.In(folder, [])) is { } found)
        {
            string[] labels = [.. LabelTable.Read(found).Labels(columns).Distinct().Order(StringComparer.Ordinal)];
            return labels.Length >= 2
                ? [.. labels.Select(Named)]
                : throw new EmbeddingDataException(found, $"all its labels are \"{Shown.Name(labels[0])}\".",
                    "Give labels that differ, or name the classes with --classes or --preset.");
        }
        string[] folders = [.. PictureList.Find(folder).Names.Where(name => name.Contains('/', StringComparison.Ordinal)).Select(FolderOf).Distinct()
            .Order(StringComparer.Ordinal)];
        return folders.Length >= 2
            ? [.. folders.Select(Named)]
            : throw new EmbeddingDataException(
                folder, "it holds no two folders of pictures, so there are no classes.",
                    "Put a folder for each class into it, or name the classes with --classes or --preset.");
    }

    private static TaskClass Named(string word) => new(word.Replace('_', ' '), word.Replace('_', ' '), word);

    private static LabelledPictures FromFolders(string folder, ZeroShotTask task)
    {
        IReadOnlyList<string> names = PictureList.Find(folder).Names;
        if (names.FirstOrDefault(name => !name.Contains('/', StringComparison.Ordinal)) is { } loose)
            throw new EmbeddingDataException(
                folder, $"{Shown.Name(loose)} lies in no folder of a class, and there is no table of labels.",
                "Put a folder for each class into it, or name a table of labels with --labels.");
        return new LabelledPictures(folder, names, Classes(names.Select(FolderOf), folder, "folders", task), null, folder);
    }

    private static LabelledPictures FromTable(string folder, LabelTable table, ZeroShotTask task)
    {
        string[] files = [.. table.Files().Select(file => file.Replace('\\', '/'))];
        if (!files.Any(file => File.Exists(Path.Combine(folder, file))))
            throw new EmbeddingDataException(
                table.Source, $"none of the {Shown.Count(files.Length)} pictures that it lists is in {folder}; the first is {Shown.Name(files[0])}.",
                "Name the folder from which the paths of the table start with --images.");
        if (files.GroupBy(file => file).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new EmbeddingDataException(table.Source, $"it lists {Shown.Name(twice.Key)} twice.", "Each picture needs one row.");
        string[]? groups = task.GroupColumn is { } column ? [.. table.Column(column).Select(group => task.GroupNames.GetValueOrDefault(group, group))] : null;
        return new LabelledPictures(folder, files, Classes(table.Labels(task.LabelColumns), table.Source, "labels", task), groups, table.Source);
    }

    private static string[] Classes(IEnumerable<string> words, string source, string what, ZeroShotTask task)
    {
        string[] all = [.. words];
        Dictionary<string, TaskClass?> known = all.Distinct().ToDictionary(word => word, task.Find);
        string[] unknown = [.. known.Where(entry => entry.Value is null).Select(entry => $"\"{Shown.Name(entry.Key)}\"")];
        return unknown.Length == 0
            ? [.. all.Select(word => known[word]!.Name)]
            : throw new EmbeddingDataException(
                source, $"{Shown.Count(unknown.Length)} of its {what} are no class of {task.Title}: {Shown.Some(unknown, MostNamed)}.",
                $"The classes are {Shown.Some([.. task.Classes.Select(one => one.Name)], MostNamed)}; their numbers from 0 will do too.");
    }

    // The class's folder: the one that the picture lies in.
    private static string FolderOf(string name) => Path.GetFileName(name[..name.LastIndexOf('/')]);
}
