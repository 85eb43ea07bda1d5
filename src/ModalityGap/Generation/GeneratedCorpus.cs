using ModalityGap.Numerics;
using ModalityGap.Sources;
using ModalityGap.Statistics;

namespace ModalityGap.Generation;

/// <summary>
/// Pairs of any number whose gap is known, written as clip-retrieval writes its shards, with constant memory. Rows are unit vectors of d values:
/// x = (c, g/2 + e, r u) and y = (c, -g/2 + f, s v). Here e and f lie within ±0.1, and u and v are unit vectors of the d - 2 values that remain;
/// each of the four is as likely as its opposite, and r and s make the norms 1. So the mean of x - y is (0, g, 0, ...), and its norm, the gap,
/// is g: exactly, before values are rounded to what is stored. The spread of e and f keeps that rounding from being the same in
/// every row. u has the direction of z, v that of z + n/2, both of independent nearly normal values: matched rows are near each other.
/// </summary>
public sealed record GeneratedCorpus
{
    /// <summary>c, the share of all rows in one direction: it makes the cone.</summary>
    public const double Common = 0.5;

    /// <summary>The largest gap that leaves room for what tells rows apart.</summary>
    public const double MostGap = 1.5;

    /// <summary>How far e and f may lie from 0.</summary>
    internal const double Spread = 0.1;

    private const int BlockRows = 256;

    /// <summary>Number of pairs.</summary>
    public required long Pairs { get; init; }

    /// <summary>d, at least 4.</summary>
    public required int Dimensions { get; init; }

    /// <summary>g, the gap that an unlimited number of pairs would have.</summary>
    public required double Gap { get; init; }

    /// <summary>Rows of a shard; the last one may have fewer. Default a million.</summary>
    public int ShardRows { get; init; } = 1_000_000;

    /// <summary>Seed of the rows. Default that of analyses.</summary>
    public long Seed { get; init; } = new LinearOptions().Seed;

    /// <summary>How values are stored. Default float16.</summary>
    public WrittenType Type { get; init; } = WrittenType.Float16;

    /// <summary>Number of shards.</summary>
    public int Shards => (int)((Pairs + ShardRows - 1) / ShardRows);

    /// <summary>Bytes of all rows, without headers.</summary>
    public long Bytes => 2 * Pairs * Dimensions * RowWriting.SizeOf(Type);

    /// <summary>Writes one shard into <c>img_emb</c> and <c>text_emb</c> of a folder; its rows do not depend on the other shards.</summary>
    /// <param name="folder">The folder; created where it is not there.</param>
    /// <param name="shard">Its number, from 0.</param>
    /// <param name="threads">How many threads work at once; 0 for one per core. Changes no bit.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Stops the work; no file of this shard is left then.</param>
    public void WriteShard(
        string folder, int shard, int threads = 0, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        Check();
        ArgumentOutOfRangeException.ThrowIfNegative(shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, Shards);
        using OutputFile images = Open(folder, "img_emb", shard), texts = Open(folder, "text_emb", shard);
        images.Write(imageRows => texts.Write(textRows => Write(imageRows, textRows, shard, new WorkContext(threads, null, cancellation), progress)));
    }

    private void Write(Stream images, Stream texts, int shard, WorkContext work, IProgress<AnalysisProgress>? progress)
    {
        long rows = Math.Min(ShardRows, Pairs - (long)shard * ShardRows);
        NpyFormat.WriteHeader(images, Type, rows, Dimensions);
        NpyFormat.WriteHeader(texts, Type, rows, Dimensions);
        RandomStream random = new RandomStream(Seed).Fork("generated-shard", shard);
        long blocks = (rows + BlockRows - 1) / BlockRows, written = 0;
        OrderedBlocks<GeneratedBlock>.Run(
            blocks,
            work,
            () => new GeneratedBlock(this, BlockRows),
            (block, slot) => slot.Fill(random.Fork("block", block), (int)Math.Min(BlockRows, rows - block * BlockRows)),
            slot =>
            {
                images.Write(slot.Images);
                texts.Write(slot.Texts);
                if (++written % 256 == 0)
                    progress?.Report(new AnalysisProgress($"writing shard {shard} of {Shards}", (shard + (double)written / blocks) / Shards));
            });
    }

    private static OutputFile Open(string folder, string name, int shard)
    {
        string inside = Path.Combine(folder, name);
        OutputFile.CreateFolder(inside);
        return OutputFile.Open(Path.Combine(inside, FormattableString.Invariant($"{name}_{shard}.npy")));
    }

    private void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Pairs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Dimensions, 4);
        ArgumentOutOfRangeException.ThrowIfLessThan(ShardRows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((Pairs - 1) / ShardRows, Shard.MostNumber);
        if (!(Gap >= 0 && Gap <= MostGap))
            throw new ArgumentOutOfRangeException(nameof(Gap), Gap, $"The gap lies from 0 to {MostGap}.");
    }
}
