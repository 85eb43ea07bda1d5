using System.Security.Cryptography;
using System.Text;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Comparing;

/// <summary>
/// A folder of embeddings: as the laboratory writes it (<c>images.npy</c>, <c>texts.npy</c>, ids beside them in <c>.jsonl</c>), as
/// clip-retrieval does (<c>img_emb/img_emb_0.npy</c>, ... and <c>text_emb/text_emb_0.npy</c>, ...), or with one stacked file.
/// </summary>
internal static class RunFolder
{
    private static readonly HashSet<string> Vectors = new(StringComparer.OrdinalIgnoreCase)
    {
        ".npy", ".npz", ".safetensors", ".pt", ".pth", ".pkl", ".parquet", ".arrow", ".feather", ".h5", ".hdf5",
    };

    /// <exception cref="EmbeddingDataException">It does not hold a file or a folder of shards for each of two modalities.</exception>
    public static IReadOnlyList<EmbeddingSet> Read(string folder, ReadOptions options, CancellationToken cancellation)
    {
        string[] parts = [.. Entries(folder, Directory.GetDirectories).Where(part => ModalityNames.FromPath(part) is not null && Shards(part).Length > 0)];
        if (parts.Length == 2)
            return [.. parts.Select(part => ReadShards(part, options, cancellation))];
        string[] files = [.. Files(folder)];
        return files.Length is 1 or 2
            ? [.. files.SelectMany(file => ReadNamed(file, options, cancellation))]
            : throw new EmbeddingDataException(
                folder,
                files.Length == 0 ? "the folder holds no embeddings." : $"the folder holds {files.Length} files of embeddings: {Some(files)}.",
                "Give a folder with images.npy and texts.npy, or with img_emb and text_emb, or name both files with a comma between.");
    }

    private static IEnumerable<EmbeddingSet> ReadNamed(string file, ReadOptions options, CancellationToken cancellation)
    {
        IReadOnlyList<EmbeddingSet> sets = EmbeddingFile.Read(file, options, cancellation);
        string names = Path.ChangeExtension(file, ".jsonl");
        return sets.Count == 1 && sets[0].Ids is null && File.Exists(names) && RowIds.Read(names) is { } ids
            ? ids.Count == sets[0].Rows
                ? [sets[0].WithIds(ids)]
                : throw new EmbeddingDataException(
                    names, $"it names {ids.Count} rows, {file} has {sets[0].Rows}.", "Export both anew, or move the list away to pair by row.")
            : sets;
    }

    private static EmbeddingSet ReadShards(string folder, ReadOptions options, CancellationToken cancellation)
    {
        List<EmbeddingSet> shards = [];
        foreach (string shard in Shards(folder))
        {
            IReadOnlyList<EmbeddingSet> read = EmbeddingFile.Read(shard, options, cancellation);
            if (read.Count != 1)
                throw new EmbeddingDataException(shard, $"it holds {read.Count} modalities.", "A shard holds rows of one.");
            shards.Add(read[0]);
            if (read[0].Dimensions != shards[0].Dimensions)
                throw new EmbeddingDataException(
                    shard,
                    $"its rows have {read[0].Dimensions} dimensions, those of {shards[0].Provenance.Source} {shards[0].Dimensions}.",
                    "All shards come from one model.");
        }
        return Join(folder, shards);
    }

    private static EmbeddingSet Join(string folder, List<EmbeddingSet> shards)
    {
        int dimensions = shards[0].Dimensions, at = 0;
        var values = new float[checked(shards.Sum(shard => shard.Rows) * dimensions)];
        foreach (EmbeddingSet shard in shards)
            for (int row = 0; row < shard.Rows; row++, at += dimensions)
                shard.Row(row).CopyTo(values.AsSpan(at));
        string digests = string.Concat(shards.Select(shard => shard.Provenance.Fingerprint.Value));
        return new EmbeddingSet(
            new Modality(ModalityNames.FromPath(folder)!),
            values,
            dimensions,
            shards[0].Provenance with
            {
                Source = folder,
                Fingerprint = new Fingerprint("sha256-of-shards", Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(digests)))),
            });
    }

    // In the order of their numbers: as text, shard 10 would come before shard 2.
    private static string[] Shards(string folder) => [.. Files(folder).OrderBy(Number).ThenBy(file => file, StringComparer.Ordinal)];

    private static IEnumerable<string> Files(string folder) =>
        Entries(folder, Directory.GetFiles).Where(file => Vectors.Contains(Path.GetExtension(file)));

    private static long Number(string file)
    {
        string stem = Path.GetFileNameWithoutExtension(file);
        string digits = stem[(stem.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1)..];
        return long.TryParse(digits, out long number) ? number : -1;
    }

    private static string[] Entries(string folder, Func<string, string[]> list)
    {
        try
        {
            return [.. list(folder).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(folder, "the folder cannot be read.", "Check its permissions.", exception);
        }
    }

    private static string Some(string[] files) =>
        string.Join(", ", files.Take(4).Select(Path.GetFileName)) + (files.Length > 4 ? ", ..." : "");
}
