using System.Diagnostics;
using System.Globalization;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Sources;

namespace ModalityGap;

/// <summary>
/// The one pass: blocks of items are read and summed by any thread, then folded in their order, while their bytes go into the files'
/// fingerprints.
/// </summary>
internal sealed class LinearPass
{
    /// <summary>A block's rows of one modality, as they are stored: it stays in the second-level cache while it is read, summed and digested.</summary>
    private const int BlockBytes = 128 << 10;

    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<EmbeddingStream> streams;
    private readonly LinearOptions options;
    private readonly IProgress<AnalysisProgress>? progress;
    private readonly LinearAccumulator total;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly int blockItems;
    private readonly long items;
    private TimeSpan reported;

    private LinearPass(IReadOnlyList<EmbeddingStream> streams, LinearOptions options, IProgress<AnalysisProgress>? progress)
    {
        this.streams = streams;
        this.options = options;
        this.progress = progress;
        items = streams[0].Rows;
        blockItems = Math.Max(1, BlockBytes / streams.Max(stream => stream.RowBytes));
        total = NewAccumulator();
    }

    public static LinearAccumulator Run(
        IReadOnlyList<EmbeddingStream> streams, LinearOptions options, WorkContext work, IProgress<AnalysisProgress>? progress) =>
        new LinearPass(streams, options, progress).Run(work);

    private LinearAccumulator Run(WorkContext work)
    {
        List<Action<Slot>> stages = [Fold];
        List<PassingFingerprint.Chain> chains = [];
        for (int m = 0; m < streams.Count; m++)
            if (streams[m].Digest is { Listens: true } digest)
            {
                int modality = m;
                PassingFingerprint.Chain chain = digest.Open(streams[m].FileOffset);
                chains.Add(chain);
                stages.Add(slot => chain.Append(slot.Batch.Bytes(modality)));
            }
        try
        {
            OrderedBlocks<Slot>.Run(
                (items + blockItems - 1) / blockItems, work, () => new Slot(NewAccumulator(), new StreamBatch(streams, blockItems)), Fill, [.. stages]);
        }
        finally
        {
            chains.ForEach(chain => chain.Dispose());
        }
        return total;
    }

    private void Fill(long block, Slot slot)
    {
        long first = block * blockItems;
        slot.Batch.Read(first, (int)Math.Min(blockItems, items - first));
        slot.Sums.Clear(total.SampleLimit);
        slot.Sums.Add(slot.Batch);
    }

    private void Fold(Slot slot)
    {
        total.Merge(slot.Sums);
        if (progress is null || watch.Elapsed - reported < BetweenReports)
            return;
        reported = watch.Elapsed;
        long done = slot.Batch.FirstItem + slot.Batch.Items;
        double rate = done * (double)streams.Sum(stream => (long)stream.RowBytes) / reported.TotalSeconds / 1e9;
        progress.Report(new AnalysisProgress(
            string.Create(CultureInfo.InvariantCulture, $"one pass over the rows, {rate:0.0#} GB/s"), (double)done / items));
    }

    private LinearAccumulator NewAccumulator() => new(streams.Count, streams[0].Dimensions, options.SamplePairs, options.Seed);

    private sealed record Slot(LinearAccumulator Sums, StreamBatch Batch);
}
