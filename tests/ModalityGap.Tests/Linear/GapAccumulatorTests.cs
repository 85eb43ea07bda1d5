using FsCheck;
using FsCheck.Fluent;
using ModalityGap.Accumulation;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Sources;
using ModalityGap.Statistics;
using ModalityGap.Tests.Sources;

namespace ModalityGap.Tests.Linear;

/// <summary>Parts of a corpus, merged in any order and tree, are its single pass; whatever does not belong together is refused.</summary>
public sealed class GapAccumulatorTests : IDisposable
{
    private static readonly LinearOptions Options = new() { SamplePairs = 60, Threads = 2 };

    private static readonly Tolerance Merged = new(1e-9, 1e-12);

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Merge_OfAnyPartitionInAnyOrderAndTree_IsTheSinglePass()
    {
        ShardedRows.Write(folder, 130, 40, 201);
        EmbeddingCorpus corpus = Corpus();
        GapAccumulator whole = Measured(corpus, Options, corpus.Description.Everything);
        Prop.ForAll(Partitions(corpus.Description).ToArbitrary(), parts =>
        {
            Same(whole, Tree([.. parts.Select(part => Measured(corpus, Options, part))]));
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void Merge_AfterBytes_HasTheBitsOfMergeWithout()
    {
        ShardedRows.Write(folder, 130, 40, 201);
        EmbeddingCorpus corpus = Corpus();
        GapAccumulator[] parts = [.. Enumerable.Range(0, 5).Select(i => Measured(corpus, Options, corpus.Description.Slice(i, 5)))];
        byte[][] bytes = [.. parts.Select(part => part.ToBytes())];
        string direct = LinearJson.ToText(Tree(parts).Compute());
        string stored = LinearJson.ToText(Tree([.. bytes.Select(part => GapAccumulator.Read(part))]).Compute());
        Assert.Equal(direct, stored);
        Assert.All(bytes, part => Assert.Equal(part, GapAccumulator.Read(part).ToBytes()));
    }

    [Fact]
    public void Run_Shards_GivesTheNumbersOfOnePairOfFiles()
    {
        ShardedRows.Write(folder, 130, 40, 201);
        using EmbeddingStream images = Open("whole-img.npy"), texts = Open("whole-txt.npy");
        LinearResult one = LinearAnalysis.Run([images, texts], cancellation: TestContext.Current.CancellationToken);
        LinearResult sharded = LinearAnalysis.Run(Corpus(), cancellation: TestContext.Current.CancellationToken);
        Same(one, sharded);
        Assert.Null(one.Coverage);
        Assert.Equal((3, 371L, 371L), (sharded.Coverage!.Shards, sharded.Coverage.Rows, sharded.Coverage.MeasuredRows));
        Assert.Equal(["0", "1", "2"], sharded.Inputs[1].Files!.Select(file => $"{file.Shard}"));
        Assert.All(sharded.Inputs[0].Files!, file => Assert.Equal("sha256", file.Fingerprint.Algorithm));
        Assert.Equal("sha256-of-files", sharded.Inputs[0].Provenance.Fingerprint.Algorithm);
    }

    [Fact]
    public void Compute_RangesOfOneFile_HasASketchAndTheSampleOfTheWhole()
    {
        ShardedRows.Write(folder, 371);
        using EmbeddingStream images = Open("whole-img.npy"), texts = Open("whole-txt.npy");
        EmbeddingCorpus corpus = EmbeddingCorpus.Of([images, texts]);
        LinearResult whole = LinearAnalysis.Run(corpus, Options, cancellation: TestContext.Current.CancellationToken);
        LinearResult merged = Tree([.. Enumerable.Range(0, 4).Select(i => Measured(corpus, Options, corpus.Description.Slice(i, 4)))]).Compute();
        Same(whole, merged);
        Assert.Equal("sha256-of-64-samples", merged.Inputs[0].Provenance.Fingerprint.Algorithm);
        Assert.NotEqual(merged.Inputs[0].Provenance.Fingerprint, merged.Inputs[1].Provenance.Fingerprint);
    }

    [Fact]
    public void Sample_WithoutOneShard_KeepsTheItemsOfTheOthers()
    {
        ShardedRows.Write(folder, 100, 100, 100);
        GapAccumulator all = Measured(Corpus(), new LinearOptions { SamplePairs = 300 }, Corpus().Description.Everything);
        GapAccumulator few = Measured(Corpus(), Options, [.. Corpus().Description.Everything.Where(range => range.Shard != 1)]);
        File.Delete(Path.Combine(folder.Path, "img_emb", "img_emb_1.npy"));
        EmbeddingCorpus corpus = EmbeddingCorpus.Open([folder.Path], skipShards: true, cancellation: TestContext.Current.CancellationToken);
        GapAccumulator skipped = Measured(corpus, Options, corpus.Description.Everything);
        Assert.Equal(300, all.Compute().Pairs[0].Items);
        Assert.Equal(Rows(few), Rows(skipped));
        Assert.Equal([1], skipped.Compute().Coverage!.SkippedShards.Select(shard => shard.Number));
        Assert.Contains(skipped.Compute().Findings, finding => finding.Id == "skipped-shards" && finding.Message.StartsWith("1 of 3 shards was left out (1)", StringComparison.Ordinal));
    }

    [Fact]
    public void Compute_WithRowsMissing_NamesThemOrSaysSo()
    {
        ShardedRows.Write(folder, 50, 50, 50, 50);
        EmbeddingCorpus corpus = Corpus();
        GapAccumulator part = Measured(corpus, Options, [new(0, 0, 50), new(2, 0, 20)]);
        EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => part.Compute());
        Assert.Equal("shards 1, 3 and rows 20 to 49 of shard 2 are not measured.", refused.Fault);
        LinearResult partial = part.Compute(partial: true);
        Assert.Equal(70, partial.Pairs[0].Items);
        Assert.Equal([new(1, 0, 50), new(2, 20, 30), new(3, 0, 50)], partial.Coverage!.Missing);
        Assert.Contains(partial.Findings, finding => finding.Id == "partial" && finding.Severity == FindingSeverity.Warning);
    }

    [Fact]
    public void Merge_OfWhatDoesNotBelongTogether_IsRefused()
    {
        ShardedRows.Write(folder, 50, 50);
        EmbeddingCorpus corpus = Corpus();
        ShardRange[] first = [new(0, 0, 50)], second = [new(1, 0, 50)];
        GapAccumulator part = Measured(corpus, Options, first);
        Refuses("shard 0 is in two of the parts.", Measured(corpus, Options, first));
        Refuses("rows 10 to 19 of shard 0 are in two of the parts.", Measured(corpus, Options, [new(0, 10, 10)]));
        Refuses("seed 7, not", Measured(corpus, Options with { Seed = 7 }, second));
        Refuses("a sample of 61, not 60", Measured(corpus, Options with { SamplePairs = 61 }, second));
        Refuses("with --skip-invalid", Measured(corpus, Options with { SkipInvalid = true }, second));
        EmbeddingCorpus renamed = corpus.As([new Modality("picture"), Modality.Text]);
        Refuses("picture, text, not image, text", Measured(renamed, Options, second));
        ShardedRows.WriteNpy(folder, "img_emb/img_emb_0.npy", ShardedRows.Values(50, 3));
        GapAccumulator half = Measured(Corpus(), Options, [new(0, 0, 20)]);
        ShardedRows.WriteNpy(folder, "img_emb/img_emb_0.npy", ShardedRows.Values(50, 4));
        GapAccumulator other = Measured(Corpus(), Options, [new(0, 20, 30)]);
        Assert.Contains(
            "img_emb_0.npy is not the file that another part read", Assert.Throws<EmbeddingDataException>(() => half.Merge(other)).Fault, StringComparison.Ordinal);
        ShardedRows.Write(folder, 50, 50, 50);
        Refuses("3 shards, not 2", Measured(Corpus(), Options, second));
        Assert.Equal(50, part.Compute(partial: true).Pairs[0].Items);

        void Refuses(string fault, GapAccumulator other)
        {
            EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => part.Merge(other, "part-1.gap"));
            Assert.StartsWith("part-1.gap: ", refused.Message, StringComparison.Ordinal);
            Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_OfDamagedBytes_IsRefusedAsAPart()
    {
        ShardedRows.Write(folder, 60);
        using EmbeddingStream images = Open("whole-img.npy"), texts = Open("whole-txt.npy");
        EmbeddingCorpus corpus = EmbeddingCorpus.Of([images, texts]);
        byte[] whole = Measured(corpus, Options, corpus.Description.Everything).ToBytes();
        var random = new RandomStream(3);
        for (int i = 0; i < 200; i++)
        {
            byte[] cut = whole[..random.NextIndex(whole.Length)], changed = [.. whole];
            changed[random.NextIndex(whole.Length)] ^= (byte)(1 << random.NextIndex(8));
            Assert.StartsWith("p.gap: ", Assert.Throws<EmbeddingDataException>(() => GapAccumulator.Read(cut, "p.gap")).Message, StringComparison.Ordinal);
            Assert.Throws<EmbeddingDataException>(() => GapAccumulator.Read(changed, "p.gap"));
        }
        byte[] later = [.. whole];
        later[8] = 2;
        Assert.Contains("version 2", Assert.Throws<EmbeddingDataException>(() => GapAccumulator.Read(later)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_ThatFails_LeavesItAsItWas()
    {
        ShardedRows.Write(folder, 50, 50);
        float[] faulty = ShardedRows.Values(50, 2);
        Array.Clear(faulty, 7 * ShardedRows.Dimensions, ShardedRows.Dimensions);
        ShardedRows.WriteNpy(folder, "text_emb/text_emb_1.npy", faulty);
        EmbeddingCorpus corpus = Corpus();
        var part = new GapAccumulator(corpus.Description, Options);
        EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(
            () => part.Add(corpus, corpus.Description.Everything, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("text_emb_1.npy: row 7 holds only zeros.", refused.Message, StringComparison.Ordinal);
        Assert.Empty(part.Rows);
        part.Add(corpus, [new(0, 0, 50)], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(50, part.Compute(partial: true).Pairs[0].Items);
    }

    private static void Same(GapAccumulator expected, GapAccumulator actual)
    {
        Assert.Empty(actual.Missing);
        Assert.Equal(Rows(expected), Rows(actual));
        Same(expected.Compute(), actual.Compute());
    }

    private static void Same(LinearResult expected, LinearResult actual)
    {
        foreach ((string key, Measurement measurement) in expected.Pairs[0].Measures)
        {
            Estimate one = measurement.Estimate!, other = actual.Pairs[0].Measures[key].Estimate!;
            Merged.Check(one.Value, other.Value, key);
            Assert.Equal(one.Count, other.Count);
        }
        Assert.Equal(expected.Inputs.Select(input => (input.Rows, input.SkippedRows)), actual.Inputs.Select(input => (input.Rows, input.SkippedRows)));
    }

    // The sampled rows of both modalities.
    private static float[][] Rows(GapAccumulator part) => [.. part.Total.Sample([Modality.Image, Modality.Text]).Select(rows => rows.Values)];

    private static GapAccumulator Tree(GapAccumulator[] parts)
    {
        List<GapAccumulator> left = [.. parts];
        while (left.Count > 1)
            for (int i = 0; i + 1 < left.Count; i++)
            {
                left[i].Merge(left[i + 1]);
                left.RemoveAt(i + 1);
            }
        return left[0];
    }

    private static GapAccumulator Measured(EmbeddingCorpus corpus, LinearOptions options, IReadOnlyList<ShardRange> rows)
    {
        var part = new GapAccumulator(corpus.Description, options);
        part.Add(corpus, rows, cancellation: TestContext.Current.CancellationToken);
        return part;
    }

    private static Gen<ShardRange[][]> Partitions(CorpusDescription corpus) =>
        from cuts in Gen.Choose(1, (int)corpus.Rows - 1).ListOf()
        from seed in Gen.Choose(0, int.MaxValue)
        select Shuffled([.. Pieces(corpus, [.. cuts])], seed);

    private static IEnumerable<ShardRange> Pieces(CorpusDescription corpus, int[] cuts)
    {
        long start = 0;
        foreach (Shard shard in corpus.Shards)
        {
            long[] ends = [.. cuts.Select(cut => cut - start).Where(cut => cut > 0 && cut < shard.Rows).Append(0).Append(shard.Rows).Distinct().Order()];
            for (int i = 1; i < ends.Length; i++)
                yield return new ShardRange(shard.Number, ends[i - 1], ends[i] - ends[i - 1]);
            start += shard.Rows;
        }
    }

    // Pieces in any order, some of them in one part.
    private static ShardRange[][] Shuffled(ShardRange[] pieces, int seed)
    {
        var random = new RandomStream(seed);
        ShardRange[] mixed = [.. random.NextPermutation(pieces.Length).Select(i => pieces[i])];
        return [.. mixed.Chunk(1 + random.NextIndex(3))];
    }

    private EmbeddingStream Open(string name) =>
        EmbeddingStream.Open(Path.Combine(folder.Path, name), cancellation: TestContext.Current.CancellationToken)[0];

    private EmbeddingCorpus Corpus() => EmbeddingCorpus.Open([folder.Path], cancellation: TestContext.Current.CancellationToken);
}
