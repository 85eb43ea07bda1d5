using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>Explains a path that cannot be a file of embeddings: missing, a folder, empty.</summary>
internal static class UnreadablePath
{
    private const int MostEntries = 5000;

    /// <param name="path">The path.</param>
    /// <param name="formats">The formats that are known, to name the files of a folder.</param>
    /// <exception cref="EmbeddingDataException">There is no such file, or it is empty.</exception>
    public static void Check(string path, EmbeddingFormats formats)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw IsFolder(path, formats);
        if (!File.Exists(path))
            throw IsMissing(path);
        // A pipe or a device has no length either; opening one could wait for ever.
        if (new FileInfo(path).Length == 0)
            throw new EmbeddingDataException(
                path, "it is empty (0 bytes).", "Check that the export finished; a pipe must be saved to a file first.");
    }

    private static EmbeddingDataException IsFolder(string path, EmbeddingFormats formats)
    {
        List<string> inside = [.. Entries(path).Where(name => formats.ByExtension(name) is not null).Order(StringComparer.Ordinal)];
        return new EmbeddingDataException(
            path,
            "it is a folder, not a file.",
            inside.Count == 0
                ? $"Name a file of embeddings ({formats.Names()}); this folder holds none."
                : $"Name a file in it, such as {Path.Combine(path, inside[0])}. "
                    + $"It holds: {Shown.Some([.. inside.Select(Shown.Name)])}.");
    }

    private static EmbeddingDataException IsMissing(string path)
    {
        if (path.Contains("://", StringComparison.Ordinal))
            return new EmbeddingDataException(
                Shown.WithoutPasswords(path),
                "it is an address, not a file.",
                path.StartsWith("postgres", StringComparison.OrdinalIgnoreCase)
                    ? "Only modgap measure reads a table, and alone; for all else export it to a file."
                    : "Nothing is fetched from a network: download it, and name the file.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path.Replace('\0', '?'))) ?? "";
        if (!Directory.Exists(folder))
            return new EmbeddingDataException(
                path,
                $"there is no such file, and no folder {folder}.",
                "Check the path; it is looked up from where you run.");
        string? close = Closest(Path.GetFileName(path), Entries(folder));
        return new EmbeddingDataException(
            path,
            "there is no such file.",
            close is null ? "Check the name and the folder." : $"Did you mean {Path.Combine(Path.GetDirectoryName(path) ?? "", close)}?");
    }

    private static string[] Entries(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Take(MostEntries).Select(entry => Path.GetFileName(entry))];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Closest(string wanted, string[] names)
    {
        // Two names that differ in a quarter of their letters are still likely the same word.
        int most = Math.Max(1, wanted.Length / 4);
        return names
            .Where(name => Math.Abs(name.Length - wanted.Length) <= most)
            .Select(name => (name, distance: Distance(wanted.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate => candidate.distance <= most)
            .OrderBy(candidate => candidate.distance)
            .ThenBy(candidate => candidate.name, StringComparer.Ordinal)
            .Select(candidate => candidate.name)
            .FirstOrDefault();
    }

    /// <summary>Levenshtein's distance: insertions, deletions and replacements that turn one word into the other.</summary>
    private static int Distance(string a, string b)
    {
        int[] above = [.. Enumerable.Range(0, b.Length + 1)];
        int[] row = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            (above, row) = (row, above);
        }
        return above[b.Length];
    }
}
