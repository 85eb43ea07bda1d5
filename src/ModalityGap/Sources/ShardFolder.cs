using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// A folder as clip-retrieval and LAION write it: <c>img_emb/img_emb_0.npy</c>, <c>text_emb/text_emb_0.npy</c> and so on, metadata beside
/// them; or the same files without folders of their own.
/// </summary>
internal static class ShardFolder
{
    private const string Ending = "_emb";

    /// <summary>One pattern for each modality.</summary>
    /// <exception cref="EmbeddingDataException">The folder has another layout.</exception>
    public static IReadOnlyList<string> Patterns(string folder)
    {
        string[] folders = [.. Directory.EnumerateDirectories(folder)
            .Where(path => path.EndsWith(Ending, StringComparison.Ordinal) && Directory.EnumerateFiles(path, "*.npy").Any())
            .Order(StringComparer.Ordinal)
            .Select(path => Path.Combine(path, "*.npy"))];
        if (folders.Length > 1)
            return folders;
        string[] stems = [.. Directory.EnumerateFiles(folder, $"*{Ending}_*.npy")
            .Select(path => Path.GetFileName(path))
            .Select(name => name[..(name.LastIndexOf(Ending + "_", StringComparison.Ordinal) + Ending.Length)])
            .Distinct()
            .Order(StringComparer.Ordinal)];
        return stems.Length > 1
            ? [.. stems.Select(stem => Path.Combine(folder, stem + "_*.npy"))]
            : throw new EmbeddingDataException(
                folder,
                "it is a folder without img_emb/ and text_emb/, as clip-retrieval writes them.",
                "Name the files, or one quoted pattern per modality, such as 'img_{0..63}.npy' 'txt_{0..63}.npy'.");
    }
}
