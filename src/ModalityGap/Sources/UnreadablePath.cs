using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>Explains a path that cannot be a file of embeddings: missing, a folder, empty.</summary>
internal static class UnreadablePath
{
    private const int MostEntries = 5000;

    private static readonly string[] Extensions =
    [
        ".npy", ".npz", ".safetensors", ".jsonl", ".ndjson", ".pt", ".pth", ".bin", ".pkl", ".pickle",
        ".fvecs", ".bvecs", ".fbin", ".hbin", ".u8bin", ".i8bin",
    ];

    /// <exception cref="EmbeddingDataException">There is no such file, or it is empty.</exception>
    public static void Check(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw IsFolder(path);
        if (!File.Exists(path))
            throw IsMissing(path);
        // A pipe or a device has no length either; opening one could wait for ever.
        if (new FileInfo(path).Length == 0)
            throw new EmbeddingDataException(
                path, "it is empty (0 bytes).", "Check that the export finished; a pipe must be saved to a file first.");
    }

    private static EmbeddingDataException IsFolder(string path)
    {
        List<string> inside = [.. Entries(path).Where(IsCandidate).Order(StringComparer.Ordinal)];
        return new EmbeddingDataException(
            path,
            "it is a folder, not a file.",
            inside.Count == 0
                ? "Name a file of embeddings (npy, npz, safetensors, pt, pkl or jsonl); this folder holds none."
                : $"Name a file in it, such as {Path.Combine(path, inside[0])}. "
                    + $"It holds: {Shown.Some([.. inside.Select(Shown.Name)])}.");
    }

    private static EmbeddingDataException IsMissing(string path)
    {
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

    private static bool IsCandidate(string name) =>
        Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

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
