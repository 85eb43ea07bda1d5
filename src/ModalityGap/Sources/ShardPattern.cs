using System.Globalization;
using System.Text.RegularExpressions;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// A name that stands for the files of one modality, each with its shard's number: <c>img_{0..63}.npy</c>, <c>img_{00..63}.npy</c>,
/// <c>img_*.npy</c>, or a folder, which stands for the numbered npy files in it.
/// </summary>
internal static partial class ShardPattern
{
    private const int MostFiles = 1_000_000;

    /// <summary>Whether a path stands for several files. A file of that very name is itself.</summary>
    public static bool Is(string path) => !File.Exists(path) && (Directory.Exists(path) || path.AsSpan().ContainsAny('*', '?') || Range().IsMatch(path));

    /// <summary>The files by their shards' numbers, in ascending order.</summary>
    /// <exception cref="EmbeddingDataException">There is none, or a number cannot be told.</exception>
    public static SortedDictionary<int, string> Files(string pattern)
    {
        if (Directory.Exists(pattern))
            return Files(Path.Combine(pattern, "*.npy"));
        MatchCollection ranges = Range().Matches(pattern);
        if (ranges.Count == 0)
            return Matching(pattern);
        if (ranges.Count > 1 || pattern.AsSpan().ContainsAny('*', '?'))
            throw new EmbeddingDataException(pattern, "it has more than one place for the shard's number.", "Give one {0..63} or one *.");
        return Counted(pattern, ranges[0]);
    }

    private static SortedDictionary<int, string> Counted(string pattern, Match range)
    {
        string first = range.Groups["first"].Value, last = range.Groups["last"].Value;
        int from = Number(pattern, first), to = Number(pattern, last);
        if (to < from || to - from >= MostFiles)
            throw new EmbeddingDataException(
                pattern, $"{range.Value} counts {(to < from ? "downwards" : "further than a corpus goes")}.", "Write the range as {0..63}.");
        // As a shell does: a leading zero asks for numbers of one width.
        int width = first[0] == '0' && first.Length > 1 || last[0] == '0' && last.Length > 1 ? Math.Max(first.Length, last.Length) : 1;
        SortedDictionary<int, string> files = [];
        for (int number = from; number <= to; number++)
            files.Add(number, string.Concat(
                pattern.AsSpan(0, range.Index),
                number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0'),
                pattern.AsSpan(range.Index + range.Length)));
        return files;
    }

    private static SortedDictionary<int, string> Matching(string pattern)
    {
        string folder = Path.GetDirectoryName(pattern) ?? "", name = Path.GetFileName(pattern);
        if (folder.AsSpan().ContainsAny('*', '?'))
            throw new EmbeddingDataException(pattern, "a folder's name has a * or ?.", "Use them in the file's name only, or name the folders one by one.");
        if (!Directory.Exists(folder.Length == 0 ? "." : folder))
            throw new EmbeddingDataException(pattern, $"there is no folder {folder}.", "Check the path; it is looked up from where you run.");
        string shape = "^" + Regex.Escape(name).Replace("\\*", "(.*?)", StringComparison.Ordinal).Replace("\\?", "(.)", StringComparison.Ordinal) + "$";
        SortedDictionary<int, string> files = [];
        foreach (string entry in Directory.EnumerateFiles(folder.Length == 0 ? "." : folder).Select(entry => Path.GetFileName(entry)))
            if (!entry.StartsWith('.') && Regex.Match(entry, shape, RegexOptions.CultureInvariant) is { Success: true } match)
            {
                string path = Path.Combine(folder, entry);
                if (!files.TryAdd(NumberOf(path, match), path))
                    throw new EmbeddingDataException(
                        path, $"it has the number of {files[NumberOf(path, match)]}.", "A modality has one file per shard: give a narrower pattern.");
            }
        return files.Count > 0
            ? files
            : throw new EmbeddingDataException(pattern, "no file has such a name.", "Check the pattern and the folder; with quotes it is the tool that looks.");
    }

    // Where the pattern leaves room, the last run of digits is the number: l14_0003 is shard 3.
    private static int NumberOf(string path, Match match)
    {
        string room = string.Concat(match.Groups.Values.Skip(1).Select(group => group.Value));
        return Digits().Matches(room) is [.., { } last]
            ? Number(path, last.Value)
            : throw new EmbeddingDataException(
                path, "its name matches the pattern, but has no number where the pattern leaves room.", "Shards are paired by their number: give a pattern such as img_{0..63}.npy.");
    }

    private static int Number(string path, string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= Shard.MostNumber
            ? number
            : throw new EmbeddingDataException(path, $"{digits} is too large for a shard's number.", $"Numbers go to {Shown.Count(Shard.MostNumber)}: rename the files.");

    [GeneratedRegex(@"\{(?<first>[0-9]+)\.\.(?<last>[0-9]+)\}")]
    private static partial Regex Range();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
