using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip.Runs;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Classification;

/// <summary>Classes of a user: a line each, its phrase in the prompts, then behind tabs what folders or labels call it, such as "tench", "n01440764".</summary>
internal static class ClassFile
{
    /// <exception cref="EmbeddingDataException">The file cannot be read, holds fewer than two classes, or one of them twice.</exception>
    public static IReadOnlyList<TaskClass> Read(string path)
    {
        TaskClass[] classes =
        [
            .. TextList.Lines(path)
                .Select(line => line.Split('\t', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > 0)
                .Select(words => new TaskClass(words[0], words[0], words[1..])),
        ];
        if (classes.Length < 2)
            throw new EmbeddingDataException(path, $"it names {Shown.Count(classes.Length)} classes.", "Write a class a line, two or more.");
        if (classes.GroupBy(one => one.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new EmbeddingDataException(path, $"it names \"{Shown.Name(twice.Key)}\" twice.", "Each class needs a name of its own, and one line.");
        return classes;
    }
}
