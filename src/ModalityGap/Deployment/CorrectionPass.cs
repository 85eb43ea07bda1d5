using System.Diagnostics;
using System.Globalization;
using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Sources;

namespace ModalityGap.Deployment;

/// <summary>One pass of a correction over rows: any thread corrects a block, and blocks are taken in their order.</summary>
internal sealed class CorrectionPass
{
    /// <summary>A block's rows in float32: few enough that the blocks of many threads stay small.</summary>
    private const int BlockBytes = 128 << 10;

    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(100);

    private readonly EmbeddingStream rows;
    private readonly CorrectionBlock.Recipe recipe;
    private readonly bool skipInvalid;
    private readonly WorkContext work;
    private readonly int blockRows;

    // Where rows may be left out, a first pass counts those that stay: a header comes before the rows.
    private double shareDone;
    private TimeSpan reported;

    public CorrectionPass(EmbeddingStream rows, FittedCorrection correction, RowRole role, ApplyOptions options, CancellationToken cancellation)
    {
        this.rows = rows;
        recipe = new CorrectionBlock.Recipe(correction, role, options.Baked, options.SkipInvalid);
        skipInvalid = options.SkipInvalid;
        work = new WorkContext(options.Threads, null, cancellation);
        blockRows = Math.Clamp(BlockBytes / (sizeof(float) * rows.Dimensions), 1, RowMultiplier.BlockRows);
    }

    /// <summary>Values of a row that comes out.</summary>
    public int Dimensions => recipe.Dimensions;

    /// <summary>How many rows will come out.</summary>
    public long CountRows(IProgress<AnalysisProgress>? progress)
    {
        if (!skipInvalid)
            return rows.Rows;
        long kept = 0;
        Run(progress, "looking for faulty rows", 0.5, null, block => kept += block.Kept);
        return kept > 0 ? kept : throw NothingLeft();
    }

    /// <summary>Writes the elements of all rows that come out.</summary>
    public void Write(Stream target, WrittenType type, IProgress<AnalysisProgress>? progress) =>
        Run(progress, "correcting", 1 - shareDone, type, block => target.Write(block.Encoded));

    /// <summary>All rows that come out.</summary>
    public EmbeddingSet Collect(IProgress<AnalysisProgress>? progress)
    {
        long most = rows.Rows * Dimensions;
        if (most > Array.MaxLength)
            throw new EmbeddingDataException(
                rows.Provenance.Source, $"{Shown.Count(rows.Rows)} rows of {Dimensions} dimensions are more than one array holds.", "Write npy, which takes the rows as they come.");
        float[] values = GC.AllocateUninitializedArray<float>((int)most);
        List<int> kept = [];
        Run(progress, "correcting", 1, null, block =>
        {
            block.Values.CopyTo(values.AsSpan(kept.Count * Dimensions));
            foreach (int position in block.Positions)
                kept.Add((int)block.First + position);
        });
        if (kept.Count == 0)
            throw NothingLeft();
        RowNames names = rows.Held?.Names ?? RowNames.None;
        if (kept.Count < rows.Rows)
        {
            Array.Resize(ref values, kept.Count * Dimensions);
            names = names.Select(kept);
        }
        return new EmbeddingSet(recipe.Role.Modality, values, Dimensions, rows.Provenance, names);
    }

    private void Run(IProgress<AnalysisProgress>? progress, string stage, double share, WrittenType? type, Action<CorrectionBlock> take)
    {
        var faults = new FaultTally();
        LostRows lost = default;
        double before = shareDone;
        var watch = Stopwatch.StartNew();
        reported = TimeSpan.Zero;
        OrderedBlocks<CorrectionBlock>.Run(
            (rows.Rows + blockRows - 1) / blockRows,
            work,
            () => new CorrectionBlock(rows, recipe, type, blockRows),
            (index, block) => block.Fill(index * blockRows),
            block =>
            {
                faults.Merge(block.Faults);
                lost.Add(block.Lost, 0);
                // After a faulty row nothing is written any more; the pass goes on so that all of them are named at once.
                if (skipInvalid || faults.Count + lost.Count == 0)
                    take(block);
                Report(progress, stage, before, share, block, watch.Elapsed);
            });
        shareDone = before + share;
        if (skipInvalid)
            return;
        if (faults.Count > 0)
            throw faults.AsException(rows.Provenance.Source);
        if (lost.Count > 0)
            throw lost.AsException(rows.Provenance.Source, 0, recipe.Correction.Id);
    }

    private void Report(IProgress<AnalysisProgress>? progress, string stage, double before, double share, CorrectionBlock block, TimeSpan now)
    {
        if (progress is null || now - reported < BetweenReports)
            return;
        reported = now;
        double rate = block.End * (double)rows.RowBytes / now.TotalSeconds / 1e9;
        progress.Report(new AnalysisProgress(
            string.Create(CultureInfo.InvariantCulture, $"{stage}, {rate:0.0#} GB/s"), before + share * block.End / rows.Rows));
    }

    private EmbeddingDataException NothingLeft() => new(
        rows.Provenance.Source, "no row is left after the faulty ones.", "Repair the export: every row is zero, not finite, or loses its direction.");
}
