using System.Diagnostics;
using System.IO.Compression;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Tests.Sources;

/// <summary>Checkpoints that PyTorch wrote, views of every kind, and checkpoints that PyTorch reads.</summary>
public sealed class TorchTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("pair.pt")]
    [InlineData("old.pt")]
    [InlineData("state.pt")]
    public void Read_TwoTensors_AreTwoModalities(string name)
    {
        IReadOnlyList<EmbeddingSet> sets = Reading.All(PickleFixture.Path(name));
        Assert.Equal([Modality.Image, Modality.Text], sets.Select(set => set.Modality));
        Assert.Equal(PickleFixture.Image, sets[0].Values);
        Assert.Equal(PickleFixture.Text, sets[1].Values);
        Assert.Equal(("torch", "float32", "text"), (sets[1].Provenance.Format, sets[1].Provenance.ElementType, sets[1].Provenance.Part));
        Assert.Equal("sha256", sets[0].Provenance.Fingerprint.Algorithm);
        Assert.Equal(PickleFixture.Text, Reading.One(PickleFixture.Path(name), new ReadOptions { Key = "text" }).Values);
    }

    [Theory]
    [InlineData("single.pt", "float16")]
    [InlineData("bfloat16.pt", "bfloat16")]
    [InlineData("transposed.pt", "float64")]
    [InlineData("rows.pt", "float32")]
    [InlineData("odds.pt", "float32")]
    public void Read_OneTensor_IsRead(string name, string type)
    {
        EmbeddingSet set = Reading.One(PickleFixture.Path(name));
        Assert.Equal(PickleFixture.Image, set.Values);
        Assert.Equal(type, set.Provenance.ElementType);
    }

    [Fact]
    public void Read_Stack_IsTakenApart()
    {
        IReadOnlyList<EmbeddingSet> sets = Reading.All(PickleFixture.Path("stack.pt"));
        Assert.Equal(PickleFixture.Image, sets[0].Values);
        Assert.Equal(PickleFixture.Text, sets[1].Values);
    }

    [Fact]
    public void Read_BytesWithIdsBeside_HaveIds()
    {
        EmbeddingSet set = Reading.One(PickleFixture.Path("int8.pt"));
        Assert.Equal([.. Enumerable.Range(0, 12).Select(i => (float)i)], set.Values);
        Assert.Equal(["a", "bé", "c", "d"], set.Ids!);
        Assert.Equal("int8", set.Provenance.ElementType);
        Assert.Contains(EmbeddingFile.Describe(PickleFixture.Path("int8.pt")).Arrays, array => array.Note == "4 rows x 3, ids beside");
    }

    [Theory]
    [InlineData("views.pt")]
    [InlineData("old-views.pt")]
    public void Read_ViewsOfOneStorage_AreGathered(string name)
    {
        static float Base(int i, int j, int k) => (((i * 6) + j) * 5) + k;
        IReadOnlyList<EmbeddingSet> sets = Reading.All(PickleFixture.Path(name));
        Assert.Equal(["slice", "permuted", "part"], sets.Select(set => set.Provenance.Part));
        Assert.Equal([.. from j in Enumerable.Range(0, 3) from k in Enumerable.Range(1, 3) select Base(0, 2 * j, k)], sets[0].Values);
        Assert.Equal([.. from j in Enumerable.Range(0, 6) from k in Enumerable.Range(0, 3) select Base(0, j, k)], sets[1].Values);
        Assert.Equal([.. from j in Enumerable.Range(0, 3) from k in Enumerable.Range(2, 3) select Base(1, j, k)], sets[2].Values);
    }

    [Fact]
    public void Read_AnyStrides_AreAsALoopFindsThem()
    {
        var random = new Random(1202);
        for (int round = 0; round < 300; round++)
        {
            int axes = random.Next(2, 4);
            long[] shape = [.. Enumerable.Range(0, axes).Select(_ => (long)random.Next(1, 7))];
            long[] strides = [.. Enumerable.Range(0, axes).Select(_ => (long)random.Next(0, 20))];
            int offset = random.Next(5);
            long count = offset + 1 + shape.Zip(strides, (length, stride) => (length - 1) * stride).Sum();
            byte[] content = PickleFixture.Checkpoint([("emb", PickleFixture.Tensor("FloatStorage", "0", count, offset, shape, strides))], ("data/0", SourceBytes.Counting((int)count)));
            float[] expected = [.. Indices(shape).Select(index => (float)(offset + index.Zip(strides, (i, stride) => i * stride).Sum()))];
            IReadOnlyList<EmbeddingSet> sets = Reading.All(folder.Write("x.pt", content));
            Assert.Equal(expected, sets.SelectMany(set => set.Values));
        }
    }

    [Theory]
    [InlineData(3000, 700, 701, 1)]
    [InlineData(3000, 700, 1, 3000)]
    [InlineData(3000, 700, 1, 3001)]
    [InlineData(200_000, 3, 4, 1)]
    [InlineData(3, 200_000, 200_001, 1)]
    public void Read_LargeViews_AreAsALoopFindsThem(int rows, int dimensions, int rowStride, int columnStride)
    {
        long count = ((long)(rows - 1) * rowStride) + ((long)(dimensions - 1) * columnStride) + 1;
        byte[] content = PickleFixture.Checkpoint(
            [("emb", PickleFixture.Tensor("FloatStorage", "0", count, 0, [rows, dimensions], [rowStride, columnStride]))], ("data/0", SourceBytes.Counting((int)count)));
        float[] expected = [.. from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, dimensions) select (float)(((long)i * rowStride) + ((long)j * columnStride))];
        Assert.True(expected.AsSpan().SequenceEqual(Reading.One(folder.Write("x.pt", content)).Values));
    }

    [Fact]
    public void Read_BigEndianStorage_IsTurned()
    {
        byte[] content = PickleFixture.Checkpoint(
            [("emb", PickleFixture.Tensor("HalfStorage", "0", 4, 0, [2, 2], [2, 1]))],
            ("data/0", SourceBytes.Encode(">f2", 1, 2, 3, 4)),
            ("byteorder", "big"u8.ToArray()));
        Assert.Equal([1f, 2f, 3f, 4f], Reading.One(folder.Write("x.pt", content)).Values);
    }

    [Fact]
    public void Read_TensorWithItsOwnTypeOverBytes_IsRead()
    {
        string tensor = "ctorch._utils\n_rebuild_tensor_v3\n((Vstorage\nctorch.storage\nUntypedStorage\nV0\nVcpu\nI8\ntQ"
            + "I0\n(I2\nI2\nt(I2\nI1\ntI00\nNctorch\nbfloat16\ntR";
        byte[] content = PickleFixture.Checkpoint([("emb", tensor)], ("data/0", SourceBytes.Encode("<bf", 1, 2, 3, 4)));
        EmbeddingSet set = Reading.One(folder.Write("x.pt", content));
        Assert.Equal([1f, 2f, 3f, 4f], set.Values);
        Assert.Equal("bfloat16", set.Provenance.ElementType);
    }

    [Theory]
    [InlineData("LongStorage", "int64", "model's output")]
    [InlineData("BoolStorage", "truth values", "tensor.float()")]
    [InlineData("ComplexFloatStorage", "complex", "real part")]
    [InlineData("QInt8Storage", "quantised", "dequantize")]
    [InlineData("Float8_e4m3fnStorage", "eight bits", "tensor.float()")]
    public void Read_TypesThatAreNoEmbeddings_AreRefused(string storage, string fault, string remedy)
    {
        byte[] content = PickleFixture.Checkpoint([("emb", PickleFixture.Tensor(storage, "0", 4, 0, [2, 2], [2, 1]))], ("data/0", new byte[64]));
        Refusal.Of(folder.Write("x.pt", content), fault, remedy);
    }

    [Theory]
    [InlineData(0, "2,2", "2,1", "needs 16 bytes of its storage 0, 12 bytes are there")]
    [InlineData(1, "1,3", "3,1", "needs 16 bytes")]
    [InlineData(0, "1,2", "0,-1", "are no view of a storage")]
    [InlineData(-1, "1,2", "0,1", "are no view of a storage")]
    [InlineData(0, "1,-2", "0,1", "are no view of a storage")]
    [InlineData(0, "1,2", "1", "are no view of a storage")]
    [InlineData(0, "4294967296,4294967296", "0,0", "the impossible shape")]
    [InlineData(0, "1000000000000,3", "0,1", "3,000,000,000,000 values")]
    [InlineData(0, "30000000,3", "0,1", "far more than embeddings do")]
    [InlineData(9223372036854775807, "1,1", "1,1", "needs 36,893,488,147,419,103,232 bytes")]
    [InlineData(4611686018427387904, "1,1", "1,1", "needs 18,446,744,073,709,551,620 bytes")]
    [InlineData(9223372036854775807, "2,2", "9223372036854775807,9223372036854775807", "needs")]
    public void Read_ViewThatItsStorageDoesNotHold_IsRefused(long offset, string shape, string strides, string fault)
    {
        string tensor = PickleFixture.Tensor("FloatStorage", "0", 4, offset, Numbers(shape), Numbers(strides));
        Refusal.Of(folder.Write("x.pt", PickleFixture.Checkpoint([("emb", tensor)], ("data/0", new byte[12]))), fault, "");
    }

    [Fact]
    public void Read_StorageThatIsMissing_IsNamed() =>
        Refusal.Of(
            folder.Write("x.pt", PickleFixture.Checkpoint([("emb", PickleFixture.Tensor("FloatStorage", "17", 1, 0, [1, 1], [1, 1]))])),
            "it lacks the storage 17",
            "copy");

    [Fact]
    public void Read_CompressedMembers_AreRefusedWithAdvice() =>
        Refusal.Of(
            folder.Write("x.pt", PickleFixture.Archive([("data.pkl", new byte[1000])], CompressionLevel.Optimal)),
            "x/data.pkl is compressed",
            "torch.save");

    [Fact]
    public void Read_Program_IsRefused() =>
        Refusal.Of(
            folder.Write("x.pt", PickleFixture.Archive([("data.pkl", [1]), ("constants.pkl", [1])])), "TorchScript", "embeddings that it computes");

    [Fact]
    public void Write_ThenRead_ComesBack()
    {
        EmbeddingSet[] sets = Sets();
        string path = Written(sets);
        IReadOnlyList<EmbeddingSet> read = Reading.All(path);
        Assert.Equal(sets.Select(set => set.Modality), read.Select(set => set.Modality));
        Assert.All(read.Zip(sets), pair => Assert.Equal(pair.Second.Values, pair.First.Values));
        Assert.All(read, set => Assert.Equal(["x", "ÿ", "z", "日本"], set.Ids!));
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Written(sets)));
    }

    [Fact]
    public void Obstacle_IdsThatDiffer_IsNamed()
    {
        EmbeddingSet[] sets = Sets();
        Assert.Null(new TorchFormat().Obstacle(sets));
        Assert.Contains("differ in theirs", new TorchFormat().Obstacle([sets[0], sets[1].WithIds(["a", "b", "c", "d"])]), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_PyTorch_LoadsWeightsOnly()
    {
        string path = Written(Sets());
        string program = "import sys, torch\nx = torch.load(sys.argv[1], weights_only=True)\n"
            + "print(sorted(x), x['image'].shape, x['text'].dtype, float(x['text'].sum()), float(x['image'][1, 2]), x['ids'])";
        var start = new ProcessStartInfo("/usr/bin/python3", ["-B", "-c", program, path]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process? process = Start(start);
        string output = process!.StandardOutput.ReadToEnd(), error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.SkipWhen(error.Contains("No module named 'torch'", StringComparison.Ordinal), "PyTorch is not installed");
        Assert.Equal("['ids', 'image', 'text'] torch.Size([4, 3]) torch.float32 28.5 1.25 ['x', 'ÿ', 'z', '日本']", output.Trim());
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("/usr/bin/python3 is not installed");
            return null;
        }
    }

    private static EmbeddingSet[] Sets()
    {
        string[] ids = ["x", "ÿ", "z", "日本"];
        return [new(Modality.Image, PickleFixture.Image, 3, names: new RowNames { Ids = ids }), new(Modality.Text, PickleFixture.Text, 3, names: new RowNames { Ids = ids })];
    }

    private string Written(EmbeddingSet[] sets)
    {
        using var stream = new MemoryStream();
        new TorchFormat().Write(stream, sets, new WriteOptions(), TestContext.Current.CancellationToken);
        return folder.Write("written.pt", stream.ToArray());
    }

    private static long[] Numbers(string list) => [.. list.Split(',').Select(long.Parse)];

    private static IEnumerable<long[]> Indices(long[] shape)
    {
        long count = shape.Aggregate(1L, (a, b) => a * b);
        for (long at = 0; at < count; at++)
        {
            var index = new long[shape.Length];
            long rest = at;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
                (rest, index[axis]) = Math.DivRem(rest, shape[axis]);
            yield return index;
        }
    }
}
