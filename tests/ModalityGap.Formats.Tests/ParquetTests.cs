using ModalityGap.Embeddings;
using ModalityGap.Sources;
using ParquetSharp;

namespace ModalityGap.Formats.Tests;

public sealed class ParquetTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_NullableLists_AsPythonWritesThem()
    {
        EmbeddingSet set = Formats.ReadOne(folder.Write("x.parquet", ParquetFiles.NullableLists([[1, 2], [3, 4], [5, 6]])));
        Assert.Equal([1, 2, 3, 4, 5, 6], Formats.Values(set));
        Assert.Equal(("parquet", "float32", "embedding"), (set.Provenance.Format, set.Provenance.ElementType, set.Provenance.Part));
    }

    [Fact]
    public void Read_ListsLongerThanABatch_AreJoined()
    {
        double[][] rows = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 70_000).Select(d => (double)(i + d)).ToArray())];
        EmbeddingSet set = Formats.ReadOne(folder.Write("x.parquet", ParquetFiles.DoubleLists(rows)));
        Assert.Equal(70_000, set.Dimensions);
        Assert.Equal(rows[2].Select(value => (float)value), set.Row(2).ToArray());
    }

    [Fact]
    public void Read_SeveralGroupsOfRows_AreJoined()
    {
        byte[] file = ParquetFiles.Make([new Column<float[]>("vector")], group => ParquetFiles.Add<float[]>(group, [[1, 2], [3, 4]]), groups: 3);
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4], Formats.Values(Formats.ReadOne(folder.Write("x.parquet", file))));
    }

    [Fact]
    public void Read_ColumnPerDimension_WithIntegerIds()
    {
        EmbeddingSet set = Formats.ReadOne(folder.Write("x.parquet", ParquetFiles.Spread(3, 12)));
        Assert.Equal(12, set.Dimensions);
        Assert.Equal(["100", "101", "102"], set.Ids);
        // emb_10 comes after emb_9, not after emb_1.
        Assert.Equal(1 + (10 / 10f), set.Row(1)[10]);
        Assert.Equal(12, Formats.ReadOne(folder.Write("y.parquet", ParquetFiles.Spread(3, 12, stem: ""))).Dimensions);
    }

    [Fact]
    public void Read_Captions_AreTakenWhereARowHasOne()
    {
        byte[] file = ParquetFiles.Make([new Column<string>("caption"), new Column<float[]>("vector")], group =>
        {
            ParquetFiles.Add<string?>(group, ["two cats", null, ""]);
            ParquetFiles.Add<float[]>(group, [[1], [2], [3]]);
        });
        EmbeddingSet set = Formats.ReadOne(folder.Write("x.parquet", file));
        Assert.Equal(["two cats", "", ""], set.Captions);
        Assert.Equal([1, 2, 3], Formats.Values(set));
    }

    [Theory]
    [InlineData(false, "float32")]
    [InlineData(true, "float16")]
    public void Read_Bytes_AreRecognised(bool half, string type)
    {
        EmbeddingSet set = Formats.ReadOne(folder.Write("x.parquet", ParquetFiles.Cells(20, 64, half)));
        Assert.Equal((64, type), (set.Dimensions, set.Provenance.ElementType));
        Assert.All(Formats.Values(set), value => Assert.InRange(value, -0.5f, 0.5f));
    }

    [Fact]
    public void Read_BytesThatAreNoNumbers_AreRefused()
    {
        byte[][] cells = [[0, 0, 0, 0, 255, 255, 255, 127], [1, 2, 3, 4, 5, 6, 7, 8]];
        byte[] file = ParquetFiles.Make([new Column<byte[]>("embedding")], group => ParquetFiles.Add(group, cells));
        Formats.Refused(folder.Write("x.parquet", file), "row 0 of column embedding has 8 bytes of which it is not clear", "lists of floats");
    }

    [Fact]
    public void Read_BytesOfAnyName_NeedTheirName()
    {
        string path = folder.Write("x.parquet", ParquetFiles.Cells(3, 8, name: "payload"));
        Formats.Refused(path, "payload (bytes)", "--column");
        Assert.Equal(8, Formats.ReadOne(path, new ReadOptions { Key = "payload" }).Dimensions);
    }

    [Fact]
    public void Read_RaggedOrMissing_NamesTheRow()
    {
        Formats.Refused(folder.Write("a.parquet", ParquetFiles.NullableLists([[1, 2], [3]])), "row 1 of column embedding has 1 values, row 0 has 2.", "same model");
        Formats.Refused(folder.Write("b.parquet", ParquetFiles.NullableLists([[1, 2], [3, 4, 5]])), "row 1 of column embedding has more than the 2", "same model");
        foreach (float?[]?[] rows in (float?[]?[][])[[[1, 2], null], [[1, 2], []], [[1, 2], [3, null]]])
            Formats.Refused(folder.Write("c.parquet", ParquetFiles.NullableLists(rows)), "row 1 of column embedding is null, empty, or has a null", "Leave that item out");
        Formats.Refused(folder.Write("d.parquet", ParquetFiles.Spread(4, 3, nullAt: true)), "row 2 of column emb_1 is null.", "Leave that item out");
    }

    [Fact]
    public void Read_NullId_NamesTheRow()
    {
        byte[] file = ParquetFiles.Make([new Column<string?>("id"), new Column<float[]>("vector")], group =>
        {
            ParquetFiles.Add<string?>(group, ["a", null]);
            ParquetFiles.Add<float[]>(group, [[1, 2], [3, 4]]);
        });
        Formats.Refused(folder.Write("x.parquet", file), "row 1 has nothing in column id.", "--id-column");
    }

    [Fact]
    public void Read_TokensAndTexts_AreNoEmbedding()
    {
        byte[] file = ParquetFiles.Make([new Column<string>("text"), new Column<int[]>("tokens"), new Column<bool>("good")], group =>
        {
            ParquetFiles.Add<string>(group, ["a", "b"]);
            ParquetFiles.Add<int[]>(group, [[1, 2], [3, 4]]);
            ParquetFiles.Add<bool>(group, [true, false]);
        });
        Formats.Refused(folder.Write("x.parquet", file), "text (text), tokens (list of integers), good (truth values)", "lists of floats");
    }

    [Fact]
    public void Read_TwoUnnamedVectors_AsksForTheColumn()
    {
        byte[] file = ParquetFiles.Make([new Column<float[]>("vector"), new Column<float[]>("embedding")], group =>
        {
            ParquetFiles.Add<float[]>(group, [[1, 2]]);
            ParquetFiles.Add<float[]>(group, [[3, 4]]);
        });
        string path = folder.Write("x.parquet", file);
        Formats.Refused(path, "2 columns that could be embeddings", "--column vector");
        Assert.Equal([3, 4], Formats.Values(Formats.ReadOne(path, new ReadOptions { Key = "embedding" })));
    }

    [Fact]
    public void Read_NoRows_IsRefused() =>
        Formats.Refused(folder.Write("x.parquet", ParquetFiles.NullableLists(Array.Empty<float?[]>())), "it holds no rows", "export");

    [Fact]
    public void Read_Truncated_SaysSo()
    {
        byte[] whole = ParquetFiles.Spread(3, 4);
        Formats.Refused(folder.Write("x.parquet", whole[..^40]), "it begins as parquet, but cannot be read as that", "copy or write it again");
        Formats.Refused(folder.Write("y.parquet", "PAR1"), "cannot be read as that", "copy or write it again");
    }

    [Fact]
    public void Read_WithoutTheAssembly_StillExplains() => Assert.Contains(
        "Parquet", Assert.Throws<EmbeddingDataException>(() => EmbeddingFile.Read(folder.Write("x.parquet", ParquetFiles.Spread(3, 4)))).Fault, StringComparison.Ordinal);
}
