using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Tests;

public sealed class ArrowTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(CompressionCodecType.Zstd)]
    [InlineData(CompressionCodecType.Lz4Frame)]
    public void Read_Compressed_GivesTheRowsOfBothBatches(CompressionCodecType codec)
    {
        EmbeddingSet set = Formats.ReadOne(folder.Write("x.feather", ArrowFiles.Compressed(3, 2, codec)));
        Assert.Equal([0, 0.25f, 0.5f, 0.75f, 1, 1.25f, 0, 0.25f, 0.5f, 0.75f, 1, 1.25f], Formats.Values(set));
    }

    [Fact]
    public void Read_ListsOfDoubles_AreRounded()
    {
        EmbeddingSet set = Formats.ReadOne(folder.Write("x.arrow", ArrowFiles.Lists([[0.1, 2], [3, 4]])));
        Assert.Equal([0.1f, 2, 3, 4, 0.1f, 2, 3, 4], Formats.Values(set));
        Assert.Equal("float64", set.Provenance.ElementType);
    }

    [Fact]
    public void Read_RaggedOrMissing_NamesTheRow()
    {
        Formats.Refused(folder.Write("a.arrow", ArrowFiles.Lists([[1, 2], [3]])), "row 1 of column vector has 1 values, row 0 has 2.", "same model");
        foreach (double?[]?[] rows in (double?[]?[][])[[[1, 2], null], [[1, 2], []], [[1, 2], [3, null]]])
            Formats.Refused(folder.Write("b.arrow", ArrowFiles.Lists(rows)), "row 1 of column vector is null, empty, or has a null", "Leave that item out");
    }

    [Fact]
    public void Read_ColumnsPerDimensionWithDictionaryLabels_AreTaken()
    {
        StringArray texts = new StringArray.Builder().Append("cat").Append("dog").Build();
        Int8Array codes = new Int8Array.Builder().Append(1).Append(0).Build();
        var labels = new DictionaryArray(new DictionaryType(Int8Type.Default, StringType.Default, ordered: false), codes, texts);
        byte[] file = ArrowFiles.Make(
            ("label", labels),
            ("key", new Int64Array.Builder().Append(7).Append(8).Build()),
            ("emb_0", new DoubleArray.Builder().Append(1).Append(2).Build()),
            ("emb_1", new DoubleArray.Builder().Append(3).Append(4).Build()));
        EmbeddingSet set = Formats.ReadOne(folder.Write("x.arrow", file));
        Assert.Equal([1, 3, 2, 4, 1, 3, 2, 4], Formats.Values(set));
        Assert.Equal(["dog", "cat", "dog", "cat"], set.Labels);
        Assert.Equal(["7", "8", "7", "8"], set.Ids);
    }

    [Fact]
    public void Read_Captions_AreTakenWhereARowHasOne()
    {
        byte[] file = ArrowFiles.Make(
            ("text", new StringArray.Builder().Append("two cats").AppendNull().Build()),
            ("emb_0", new DoubleArray.Builder().Append(1).Append(2).Build()),
            ("emb_1", new DoubleArray.Builder().Append(3).Append(4).Build()));
        Assert.Equal(["two cats", "", "two cats", ""], Formats.ReadOne(folder.Write("x.arrow", file)).Captions);
    }

    [Fact]
    public void Read_Truncated_SaysWhatIsMissing()
    {
        byte[] whole = Formats.Bytes(".arrow", WrittenType.Float32, Formats.Set("image", 20, 4));
        Formats.Refused(folder.Write("x.arrow", whole[..^30]), "does not end as one", "copy or write it again");
        byte[] stream = Formats.Bytes(".arrows", WrittenType.Float32, Formats.Set("image", 200, 4));
        Formats.Refused(folder.Write("x.arrows", stream[..^1000]), "follow.", "copy or write it again");
    }

    [Fact]
    public void Read_LargeListsAndViews_AsPolarsWritesThem()
    {
        FloatArray values = new FloatArray.Builder().AppendRange([1, 2, 3, 4]).Build();
        byte[] offsets = [.. new long[] { 0, 2, 4 }.SelectMany(BitConverter.GetBytes)];
        var lists = new LargeListArray(new ArrayData(
            new LargeListType(FloatType.Default), 2, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(offsets)], [values.Data]));
        StringViewArray ids = new StringViewArray.Builder().Append("short").Append("longer than what fits into a view").Build();
        EmbeddingSet set = Formats.ReadOne(folder.Write("x.arrow", ArrowFiles.Make(("id", ids), ("vector", lists))));
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4], Formats.Values(set));
        Assert.Equal("longer than what fits into a view", set.Ids![1]);
    }
}
