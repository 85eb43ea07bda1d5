using ModalityGap.CommandLine;

namespace ModalityGap.Cli.Comparing;

/// <summary>A model as the command line names it: <c>[NAME=]FOLDER</c>, <c>[NAME=]FILE</c> or <c>[NAME=]FILE,FILE</c>.</summary>
/// <param name="Word">The whole word.</param>
/// <param name="Name">What the model is called in results.</param>
/// <param name="Paths">A folder, a file with both modalities, or a file for each.</param>
internal sealed record RunWord(string Word, string Name, IReadOnlyList<string> Paths)
{
    /// <summary>Reads all words and gives every model a name of its own.</summary>
    /// <exception cref="UsageException">Two models have one name, or a word names more than two files.</exception>
    public static IReadOnlyList<RunWord> Parse(IReadOnlyList<string> words)
    {
        if (words.Count < 2)
            throw new UsageException("compare takes at least two RUNs: a folder or IMAGES,TEXTS for each model.");
        RunWord[] runs = [.. words.Select(Parse)];
        if (runs.GroupBy(run => run.Name).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new UsageException(
                $"two models are called '{same.Key}' ({string.Join(" and ", same.Select(run => run.Word))}): "
                + $"put a name before each, such as before={same.First().Word}.");
        return runs;
    }

    private static RunWord Parse(string word)
    {
        int equals = Exists(word) ? -1 : word.IndexOf('=', StringComparison.Ordinal);
        string given = equals > 0 ? word[..equals] : "", place = equals >= 0 ? word[(equals + 1)..] : word;
        string[] paths = Exists(place) ? [place] : place.Split(',', StringSplitOptions.TrimEntries);
        if (paths.Length > 2 || Array.Exists(paths, string.IsNullOrEmpty))
            throw new UsageException($"'{word}' is no model: give a folder, a file with both modalities, or two files with a comma between.");
        return new RunWord(word, given.Length > 0 ? given : Guess(paths), paths);
    }

    // Two files in a folder of their own go by its name, which is the model's more often than theirs.
    private static string Guess(string[] paths)
    {
        if (paths.Length == 1)
            return Directory.Exists(paths[0]) ? FolderName(paths[0]) : Path.GetFileNameWithoutExtension(paths[0]);
        string? first = Path.GetDirectoryName(paths[0]), second = Path.GetDirectoryName(paths[1]);
        return first == second && !string.IsNullOrEmpty(first) ? FolderName(first) : string.Join('+', paths.Select(Path.GetFileNameWithoutExtension));
    }

    private static string FolderName(string path) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) is { Length: > 0 } name ? name : path;

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);
}
