using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Arguments;

/// <summary>Refuses inputs that memory cannot hold before an hour is spent on finding out, and says what can be done with them.</summary>
internal static class MemoryAdvice
{
    /// <summary>Smaller files fit any machine that runs the tool.</summary>
    private const long WorthLooking = 64L << 20;

    /// <summary>Each value is held in float32 as read, as a unit row, and once more by the measure at work.</summary>
    private const int BytesPerValue = 3 * sizeof(float);

    /// <exception cref="EmbeddingDataException">The rows of all files together need more memory than there is.</exception>
    public static void Check(IReadOnlyList<string> paths, string? key)
    {
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        double need = 0;
        foreach (string path in paths.Where(path => File.Exists(path) && new FileInfo(path).Length >= WorthLooking))
            need += BytesPerValue * Values(EmbeddingFile.Describe(path), key);
        if (available > 0 && need > available)
            throw new EmbeddingDataException(
                paths[0],
                FormattableString.Invariant($"to measure everything takes about {need / 1e9:0.0} GB of memory, and this process may use {available / 1e9:0.0} GB."),
                "modgap measure --linear reads the rows once, in constant memory; or take a sample of the rows.");
    }

    /// <exception cref="EmbeddingDataException">So many corrected values need more memory than there is.</exception>
    public static void CheckCorrected(string source, double values)
    {
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        double need = sizeof(float) * values;
        if (available > 0 && need > available)
            throw new EmbeddingDataException(
                source,
                FormattableString.Invariant($"its corrected rows take about {need / 1e9:0.0} GB of memory, and this process may use {available / 1e9:0.0} GB."),
                "Write npy, which takes the rows as they come.");
    }

    // jsonl says its size only when it is read.
    private static double Values(FileDescription file, string? key) => file.Format == "jsonl"
        ? 0
        : file.Arrays
            .Where(array => array.Shape.Count is 2 or 3 && (key is null || key.Contains(array.Name, StringComparison.Ordinal) || file.Arrays.Count == 1))
            .Sum(array => array.Shape.Aggregate(1.0, (product, length) => product * length));
}
