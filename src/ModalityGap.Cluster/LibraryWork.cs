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
        List<EmbeddingStream> streams = EmbeddingStream.OpenAll(job.Inputs, read, cancellation);
        try
        {
            if (streams.Count == 1)
                throw new EmbeddingDataException(
                    job.Inputs[0],
                    "it holds one modality; a gap lies between two.",
                    "Give the other modality's file as well, with the same items in the same order.");
            IReadOnlyList<Modality> names = Names([.. streams.Select(stream => (stream.Modality, stream.Provenance))], job);
            return use(EmbeddingCorpus.Of([.. streams.Select((stream, m) => stream.As(names[m]))]));
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
            corpus = corpus.As(Names([.. corpus.Description.Modalities.Select(modality => (modality.Modality, modality.Origin))], job));
            last = (job.Run, corpus);
            return corpus;
        }
    }

    private static IReadOnlyList<Modality> Names(IReadOnlyList<(Modality Modality, Provenance Origin)> inputs, ClusterJob job)
    {
        if (job.Modalities is not { } names)
            return InputNaming.Of(inputs);
        return names.Length == inputs.Count
            ? [.. names.Select(name => new Modality(name))]
            : throw new EmbeddingDataException(
                job.Inputs[0], $"there are {inputs.Count} modalities, but {names.Length} names ({string.Join(", ", names)}).", "Give one name each.");
    }

    private sealed class Fraction(IProgress<double> progress) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => progress.Report(value.Fraction);
    }
}
