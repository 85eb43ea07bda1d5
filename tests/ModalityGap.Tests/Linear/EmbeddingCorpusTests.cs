using ModalityGap.Embeddings;
using ModalityGap.Sources;
using ModalityGap.Tests.Sources;

namespace ModalityGap.Tests.Linear;

/// <summary>How shards are found, paired, held against each other and divided.</summary>
public sealed class EmbeddingCorpusTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Open_EveryWayToNameShards_FindsTheSame()
    {
        ShardedRows.Write(folder, [.. Enumerable.Range(20, 12)]);
        CorpusDescription expected = Open(".");
        Assert.Equal(Enumerable.Range(0, 12), expected.Shards.Select(shard => shard.Number));
        Assert.Equal(Enumerable.Range(20, 12).Select(rows => (long)rows), expected.Shards.Select(shard => shard.Rows));
        Assert.Equal(["image", "text"], expected.Modalities.Select(modality => modality.Modality.Name));
        Assert.Equal(expected.Shards, Open("img_emb", "text_emb").Shards);
        Assert.Equal(expected.Shards, Open("img_emb/img_emb_*.npy", "text_emb/*.npy").Shards);
        Assert.Equal(expected.Shards, Open("img_emb/img_emb_{0..11}.npy", "text_emb/text_emb_{0..11}.npy").Shards);
        Assert.Equal([3, 4], Open("img_emb/img_emb_{3..4}.npy", "text_emb/text_emb_{3..4}.npy").Shards.Select(shard => shard.Number));
        Assert.Equal(Enumerable.Range(0, 10), Open("img_emb/img_emb_?.npy", "text_emb/text_emb_?.npy").Shards.Select(shard => shard.Number));
    }

    [Fact]
    public void Open_NumbersWithZeros_ArePaired()
    {
        foreach (string name in (string[])["i_08.npy", "i_09.npy", "i_10.npy"])
            ShardedRows.WriteNpy(folder, name, ShardedRows.Values(9, 1));
        foreach (string name in (string[])["t8x.npy", "t9x.npy", "t10x.npy"])
            ShardedRows.WriteNpy(folder, name, ShardedRows.Values(9, 2));
        Assert.Equal([8, 9, 10], Open("i_{08..10}.npy", "t{8..10}x.npy").Shards.Select(shard => shard.Number));
        Assert.Equal([8, 9, 10], Open("i_*.npy", "t*.npy").Shards.Select(shard => shard.Number));
    }

    [Fact]
    public void Open_FilesBesideEachOther_AreFoundByTheirFolder()
    {
        foreach (string name in (string[])["img_emb_0.npy", "img_emb_1.npy"])
            ShardedRows.WriteNpy(folder, name, ShardedRows.Values(9, 1));
        foreach (string name in (string[])["text_emb_0.npy", "text_emb_1.npy"])
            ShardedRows.WriteNpy(folder, name, ShardedRows.Values(9, 2));
        Assert.Equal(18, Open(".").Rows);
    }

    [Fact]
    public void Open_ShardsThatCannotBeUsed_AreNamedOrLeftOut()
    {
        ShardedRows.Write(folder, [.. Enumerable.Repeat(20, 9)]);
        File.Delete(Full("text_emb/text_emb_1.npy"));
        Refuses("shard 1 is missing, which ");
        ShardedRows.WriteNpy(folder, "text_emb/text_emb_1.npy", ShardedRows.Values(19, 2));
        Refuses("text_emb_1.npy: it has 19 rows, ");
        ShardedRows.WriteNpy(folder, "text_emb/text_emb_1.npy", ShardedRows.Values(20, 2));
        ShardedRows.WriteNpy(folder, "img_emb/img_emb_2.npy", ShardedRows.Values(20, 2), 6);
        ShardedRows.WriteNpy(folder, "text_emb/text_emb_2.npy", ShardedRows.Values(20, 1), 6);
        Refuses("img_emb_2.npy: its rows have 6 dimensions, those of the first shard");
        ShardedRows.WriteNpy(folder, "img_emb/img_emb_2.npy", ShardedRows.Values(20, 1));
        ShardedRows.WriteNpy(folder, "text_emb/text_emb_2.npy", ShardedRows.Values(20, 2));
        folder.Write("img_emb/img_emb_3.npy", SourceBytes.Npy("<f2", "(20, 12)", SourceBytes.Encode("<f2", ShardedRows.Values(20, 1))));
        Refuses("img_emb_3.npy: it holds float16, the first shard");
        ShardedRows.WriteNpy(folder, "img_emb/img_emb_3.npy", ShardedRows.Values(20, 1));
        File.WriteAllBytes(Full("img_emb/img_emb_4.npy"), File.ReadAllBytes(Full("img_emb/img_emb_5.npy"))[..^100]);
        Refuses("img_emb_4.npy: shard 4 cannot be read: ");
        File.Delete(Full("img_emb/img_emb_7.npy"));

        CorpusDescription left = EmbeddingCorpus.Open([folder.Path], skipShards: true, cancellation: TestContext.Current.CancellationToken).Description;

        Assert.Equal([4, 7], left.Skipped.Select(shard => shard.Number));
        Assert.Equal([0, 1, 2, 3, 5, 6, 8], left.Shards.Select(shard => shard.Number));

        void Refuses(string words)
        {
            EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => Open("."));
            Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_PatternsThatNameNothing_SayWhy()
    {
        ShardedRows.Write(folder, 20, 20);
        Refuses("no file has such a name.", "img_emb/img_*.npz", "text_emb/*.npy");
        Refuses("there is no folder", "nowhere/*.npy", "text_emb/*.npy");
        Refuses("counts downwards", "img_emb/img_emb_{1..0}.npy", "text_emb/*.npy");
        Refuses("more than one place", "img_emb/*_{0..1}.npy", "text_emb/*.npy");
        Refuses("has no number", "whole-*.npy", "text_emb/*.npy");
        Refuses("is a folder without img_emb/", "img_emb");

        void Refuses(string words, params string[] patterns) =>
            Assert.Contains(words, Assert.Throws<EmbeddingDataException>(() => Open(patterns)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, new[] { 10, 10, 10, 10 })]
    [InlineData(3, new[] { 1000, 1, 1, 1, 1000, 30 })]
    [InlineData(5, new[] { 1, 1, 1, 1, 1000 })]
    [InlineData(6, new[] { 100, 7 })]
    [InlineData(3, new[] { 10 })]
    public void Slice_AnyParts_TakeEveryRowOnceAndAreNeverEmpty(int parts, int[] rows)
    {
        var corpus = new CorpusDescription([], 4, [.. rows.Select((count, i) => new Shard(i, count))], []);
        ShardRange[][] slices = [.. Enumerable.Range(0, parts).Select(i => corpus.Slice(i, parts).ToArray())];
        Assert.All(slices, Assert.NotEmpty);
        Assert.Equal(
            rows.SelectMany((count, shard) => Enumerable.Range(0, count).Select(row => (shard, (long)row))),
            slices.SelectMany(slice => slice).SelectMany(range => Enumerable.Range(0, (int)range.Count).Select(i => (range.Shard, range.First + i))));
        if (rows.Length < parts)
            Assert.InRange(slices.Max(Count) - slices.Min(Count), 0, 1);

        static long Count(ShardRange[] slice) => slice.Sum(range => range.Count);
    }

    private CorpusDescription Open(params string[] patterns) => EmbeddingCorpus.Open(
        [.. patterns.Select(pattern => pattern == "." ? folder.Path : Full(pattern))], cancellation: TestContext.Current.CancellationToken).Description;

    private string Full(string name) => Path.Combine(folder.Path, name);
}
