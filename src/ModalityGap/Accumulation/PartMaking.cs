using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Accumulation;

/// <summary>Makes part files, and leaves those alone that are finished: what was interrupted goes on when it is run again.</summary>
public static class PartMaking
{
    /// <summary>One file in ranges of so many rows; a corpus of several shards has one part for each.</summary>
    private const int RowsPerPart = 1 << 20;

    /// <summary>Measures rows into a part file, unless the file is there and holds just that.</summary>
    /// <param name="path">The part file.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="options">How; default <see cref="LinearOptions"/> as it is.</param>
    /// <param name="progress">Told how far the pass has come.</param>
    /// <param name="cancellation">Stops the work; no file is left then.</param>
    /// <returns>Whether it was made; <c>false</c> where it was finished before.</returns>
    /// <exception cref="EmbeddingDataException">
    /// The rows cannot be used, or the file holds something else: another part, made with other options, or of files that have changed.
    /// </exception>
    public static bool Make(
        string path,
        EmbeddingCorpus corpus,
        IReadOnlyList<ShardRange> rows,
        LinearOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var part = new GapAccumulator(corpus.Description, options);
        if (File.Exists(path))
        {
            CheckFinished(path, part, corpus, rows, cancellation);
            return false;
        }
        // Opened before the work, so that a place that cannot be written is told at once.
        using OutputFile file = OutputFile.Open(path);
        part.Add(corpus, rows, progress, cancellation);
        file.Write(part.ToBytes());
        return true;
    }

    /// <summary>
    /// Measures all of a corpus by way of a folder of part files: interrupted, it goes on where it was. The result has the same bits whether it
    /// was interrupted or not.
    /// </summary>
    /// <param name="folder">Where the parts are kept; created where it is not there.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="options">How; default <see cref="LinearOptions"/> as it is.</param>
    /// <param name="progress">Told how far the pass has come.</param>
    /// <param name="cancellation">Stops the work; finished parts stay.</param>
    /// <exception cref="EmbeddingDataException">The rows cannot be used, or a part does not belong to this measurement.</exception>
    public static LinearResult Run(
        string folder,
        EmbeddingCorpus corpus,
        LinearOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        return Run(folder, corpus, options, RowsPerPart, progress, cancellation);
    }

    internal static LinearResult Run(
        string folder, EmbeddingCorpus corpus, LinearOptions? options, int rowsPerPart, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        OutputFile.CreateFolder(folder);
        var whole = new GapAccumulator(corpus.Description, options);
        long done = 0;
        foreach (ShardRange range in Ranges(corpus.Description, rowsPerPart))
        {
            string path = Path.Combine(folder, FormattableString.Invariant($"part-{range.Shard:00000}-{range.First:000000000000}.gap"));
            var share = new Share(progress, (double)done / corpus.Description.Rows, (double)range.Count / corpus.Description.Rows);
            Make(path, corpus, [range], options, share, cancellation);
            whole.Merge(GapAccumulator.Load(path), path);
            done += range.Count;
        }
        return whole.Compute(progress: progress, cancellation: cancellation);
    }

    private static IEnumerable<ShardRange> Ranges(CorpusDescription corpus, int rowsPerPart)
    {
        if (corpus.Shards.Count > 1)
            return corpus.Everything;
        int parts = (int)((corpus.Rows + rowsPerPart - 1) / rowsPerPart);
        return Enumerable.Range(0, parts).SelectMany(index => corpus.Slice(index, parts));
    }

    /// <summary>Refuses a part file that is not of these rows of these files, made with these options.</summary>
    internal static void CheckFinished(string path, GapAccumulator wanted, EmbeddingCorpus corpus, IReadOnlyList<ShardRange> rows, CancellationToken cancellation)
    {
        GapAccumulator found = GapAccumulator.Load(path);
        string? difference = PartFit.Difference(wanted.Options, found.Options) is { } option ? $"was made with other options ({option})"
            : PartFit.Difference(wanted.Corpus, found.Corpus) is { } other ? $"is of another corpus ({other})"
            : !CoveredRows.Joined(rows).SequenceEqual(found.Rows) ? $"holds other rows ({CoveredRows.InWords(found.Rows, found.Corpus)} in it)"
            : Changed(found, corpus, cancellation) is { } file ? $"was made of another {file}, which has changed since"
            : null;
        if (difference is not null)
            throw new EmbeddingDataException(path, $"it is there already, and {difference}.", "Delete it, or name another file.");
    }

    private static string? Changed(GapAccumulator part, EmbeddingCorpus corpus, CancellationToken cancellation)
    {
        foreach (IGrouping<int, PassedFile> files in part.Files.GroupBy(file => file.Shard))
        {
            using OpenShard shard = corpus.OpenShard(files.Key, cancellation);
            foreach (PassedFile file in files)
                if (shard.Streams[file.Modality].Sketch != file.Sketch)
                    return shard.Streams[file.Modality].Provenance.Source;
        }
        return null;
    }

    /// <summary>The progress of one part, as a share of the whole.</summary>
    private sealed class Share(IProgress<AnalysisProgress>? whole, double from, double size) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => whole?.Report(value with { Fraction = from + size * value.Fraction });
    }
}
