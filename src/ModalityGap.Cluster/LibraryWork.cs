using ModalityGap.Accumulation;
using ModalityGap.Embeddings;
using ModalityGap.Formats;
using ModalityGap.Sources;

namespace ModalityGap.Cluster;

/// <summary>The one pass of the library, a share of the rows at a time.</summary>
public sealed class LibraryWork : IShardWork
{
    private readonly Lock gate = new();
    private (string Run, EmbeddingCorpus Corpus)? last;

    /// <inheritdoc/>
    public byte[] Measure(ClusterJob job, int shard, IProgress<double> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(progress);
        return With(job, corpus =>
        {
            var part = new GapAccumulator(corpus.Description, job.Options);
            part.Add(corpus, job.RowsOf(shard, corpus.Description), new Fraction(progress), cancellation);
            return part.ToBytes();
        }, cancellation);
    }

    /// <inheritdoc/>
    public byte[] Merge(byte[] first, byte[] second)
    {
        GapAccumulator merged = GapAccumulator.Read(first);
        merged.Merge(GapAccumulator.Read(second));
        return merged.ToBytes();
    }

    /// <summary>Opens what a job measures for as long as it is used.</summary>
    /// <exception cref="EmbeddingDataException">An input cannot be used.</exception>
    public T With<T>(ClusterJob job, Func<EmbeddingCorpus, T> use, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(use);
        var read = new ReadOptions { Formats = AllFormats.List, Fingerprint = job.Fingerprint, Key = job.Key };
        if (EmbeddingCorpus.IsNamedBy(job.Inputs))
            return use(Shards(job, read, cancellation));
        List<EmbeddingStream> streams = [];
        try
        {
            foreach (string path in job.Inputs)
                streams.AddRange(EmbeddingStream.Open(path, read, cancellation));
            if (streams.Count == 1)
                throw new EmbeddingDataException(
                    job.Inputs[0], "it holds one modality; a gap lies between two.", "Give the other modality's file as well, with the same items in the same order.");
            return use(EmbeddingCorpus.Of(Named(streams, job)));
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }

    // The headers of all shards are read once a run, not once a shard.
    private EmbeddingCorpus Shards(ClusterJob job, ReadOptions read, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (last is { } known && known.Run == job.Run)
                return known.Corpus;
            var corpus = EmbeddingCorpus.Open(job.Inputs, job.SkipShards, read, cancellation);
            if (job.Modalities is not null)
            {
                CheckNames(corpus.Description.Modalities.Count, job);
                corpus = corpus.As([.. job.Modalities.Select(name => new Modality(name))]);
            }
            last = (job.Run, corpus);
            return corpus;
        }
    }

    // Files that do not tell what they hold are called by their places.
    private static List<EmbeddingStream> Named(List<EmbeddingStream> streams, ClusterJob job)
    {
        if (job.Modalities is not null)
            CheckNames(streams.Count, job);
        else if (streams.Select(stream => stream.Modality).Distinct().Count() == streams.Count)
            return streams;
        return [.. streams.Select((stream, m) => stream.As(new Modality(job.Modalities?[m] ?? ModalityNames.Ordinal(m))))];
    }

    private static void CheckNames(int modalities, ClusterJob job)
    {
        if (job.Modalities!.Length != modalities)
            throw new EmbeddingDataException(
                job.Inputs[0], $"there are {modalities} modalities, but {job.Modalities.Length} names ({string.Join(", ", job.Modalities)}).", "Give one name each.");
    }

    private sealed class Fraction(IProgress<double> progress) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => progress.Report(value.Fraction);
    }
}
