using System.Diagnostics;
using System.Globalization;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Sources;

namespace ModalityGap.Accumulation;

/// <summary>
/// The one pass: blocks of items are read and summed by any thread, then folded in their order, while their bytes go into the files'
/// fingerprints. One shard after the other, all cores on each; only that one is open.
/// </summary>
internal sealed class LinearPass
{
    /// <summary>A block's rows of one modality, as they are stored: it stays in the second-level cache while it is read, summed and digested.</summary>
    private const int BlockBytes = 128 << 10;

    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(100);

    private readonly EmbeddingCorpus corpus;
    private readonly LinearOptions options;
    private readonly IProgress<AnalysisProgress>? progress;
    private readonly LinearAccumulator total;
    private readonly List<PassedFile> files = [];
    private readonly List<Slot> slots = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly long items;
    private long passed;
    private TimeSpan reported;

    private LinearPass(EmbeddingCorpus corpus, IReadOnlyList<ShardRange> ranges, LinearOptions options, IProgress<AnalysisProgress>? progress)
    {
        this.corpus = corpus;
        this.options = options;
        this.progress = progress;
        items = ranges.Sum(range => range.Count);
        total = NewAccumulator();
    }

    /// <summary>Reads rows of a corpus; stops at the first shard with a faulty row, unless such items are to be left out.</summary>
    public static (LinearAccumulator Sums, IReadOnlyList<PassedFile> Files) Run(
        EmbeddingCorpus corpus, IReadOnlyList<ShardRange> ranges, LinearOptions options, WorkContext work, IProgress<AnalysisProgress>? progress)
    {
        var pass = new LinearPass(corpus, ranges, options, progress);
        foreach (ShardRange range in ranges)
        {
            using OpenShard shard = corpus.OpenShard(range.Shard, work.Cancellation);
            pass.Read(shard.Streams, range, work);
        }
        return (pass.total, pass.files);
    }

    private void Read(IReadOnlyList<EmbeddingStream> streams, ShardRange range, WorkContext work)
    {
        bool whole = range.Count == streams[0].Rows;
        int blockItems = Math.Max(1, BlockBytes / streams.Max(stream => stream.RowBytes));
        List<Action<Slot>> stages = [slot => Fold(slot, streams)];
        List<PassingFingerprint.Chain> chains = [];
        for (int m = 0; m < streams.Count && whole; m++)
            if (streams[m].Digest is { Listens: true } digest)
            {
                int modality = m;
                PassingFingerprint.Chain chain = digest.Open(streams[m].FileOffset);
                chains.Add(chain);
                stages.Add(slot => chain.Append(slot.Batch.Bytes(modality)));
            }
        int used = 0;
        try
        {
            OrderedBlocks<Slot>.Run((range.Count + blockItems - 1) / blockItems, work, NextSlot, Fill, [.. stages]);
        }
        finally
        {
            chains.ForEach(chain => chain.Dispose());
        }
        passed += range.Count;
        RefuseFaults(streams, range.Shard);
        files.AddRange(PassedFile.Of(streams, range.Shard, whole, work.Cancellation));

        // Slots of the shard before serve again: memory does not grow with the number of shards.
        Slot NextSlot()
        {
            if (used == slots.Count)
                slots.Add(new Slot(NewAccumulator(), new StreamBatch(streams, blockItems)));
            Slot slot = slots[used++];
            slot.Batch.Follow(streams, Shard.FirstItem(range.Shard));
            return slot;
        }

        void Fill(long block, Slot slot)
        {
            long first = range.First + block * blockItems;
            slot.Batch.Read(first, (int)Math.Min(blockItems, range.End - first));
            slot.Sums.Clear(total.SampleLimit);
            slot.Sums.Add(slot.Batch);
            slot.Done = first - range.First + slot.Batch.Items;
        }
    }

    private void RefuseFaults(IReadOnlyList<EmbeddingStream> streams, int shard)
    {
        for (int m = 0; m < streams.Count && !options.SkipInvalid; m++)
            if (total.FaultsOf(m).Count > 0)
                throw total.FaultsOf(m).AsException(streams[m].Provenance.Source, Shard.FirstItem(shard));
    }

    private void Fold(Slot slot, IReadOnlyList<EmbeddingStream> streams)
    {
        total.Merge(slot.Sums);
        if (progress is null || watch.Elapsed - reported < BetweenReports)
            return;
        reported = watch.Elapsed;
        long done = passed + slot.Done;
        double rate = done * (double)streams.Sum(stream => (long)stream.RowBytes) / reported.TotalSeconds / 1e9;
        progress.Report(new AnalysisProgress(
            string.Create(CultureInfo.InvariantCulture, $"one pass over the rows, {rate:0.0#} GB/s"), (double)done / items));
    }

    private LinearAccumulator NewAccumulator() =>
        new(corpus.Description.Modalities.Count, corpus.Description.Dimensions, options.SamplePairs, options.Seed);

    private sealed class Slot(LinearAccumulator sums, StreamBatch batch)
    {
        public LinearAccumulator Sums => sums;

        public StreamBatch Batch => batch;

        public long Done { get; set; }
    }
}
