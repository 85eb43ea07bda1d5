using ModalityGap.Embeddings;
using ModalityGap.Sources;
using PureHDF;

namespace ModalityGap.Formats.Tests;

public sealed class Hdf5Tests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_CompressedChunks_GivesTheRows()
    {
        EmbeddingSet set = Formats.ReadOne(folder.Write("x.h5", Hdf5Files.Chunked(23, 8)));
        Assert.Equal(23, set.Rows);
        Assert.Equal(Enumerable.Range(0, 23 * 8).Select(i => (i / 8) + ((i % 8) / 16f)), Formats.Values(set));
    }

    [Fact]
    public void Read_StackInAGroup_GivesItsModalities()
    {
        float[] values = [.. Enumerable.Range(0, 24).Select(i => (float)i)];
        var file = new H5File { ["run"] = new H5Group { ["stack"] = new H5Dataset(values, fileDims: [2, 3, 4]) } };
        IReadOnlyList<EmbeddingSet> sets = Formats.Read(folder.Write("x.h5", Hdf5Files.Make(file)), new ReadOptions { Modalities = ["image", "text"] });
        Assert.Equal(["image", "text"], sets.Select(set => set.Modality.Name));
        Assert.Equal(values[12..], Formats.Values(sets[1]));
        Assert.Equal("run/stack, 1 of 2", sets[1].Provenance.Part);
    }

    [Fact]
    public void Read_AnnBenchmarks_TakesTheNamedKeys()
    {
        var file = new H5File
        {
            ["train"] = new H5Dataset(new double[12], fileDims: [4, 3]),
            ["test"] = new H5Dataset(new float[] { 1, 2, 3, 4, 5, 6 }, fileDims: [2, 3]),
            ["distances"] = new H5Dataset(new float[20], fileDims: [2, 10]),
            ["neighbors"] = new H5Dataset(new int[20], fileDims: [2, 10]),
        };
        string path = folder.Write("x.hdf5", Hdf5Files.Make(file));
        Formats.Refused(path, "3 arrays that could be embeddings", "--key");
        Assert.Equal([1, 2, 3, 4, 5, 6], Formats.Values(Formats.ReadOne(path, new ReadOptions { Key = "test" })));
        Assert.Equal([4, 2], Formats.Read(path, new ReadOptions { Key = "train,test" }).Select(set => set.Rows));
        Formats.Refused(path, "array neighbors: its elements are integers (int32)", "float32", new ReadOptions { Key = "neighbors" });
        Formats.Refused(path, "holds no array dev", "Its keys are", new ReadOptions { Key = "dev" });
    }

    [Fact]
    public void Read_Truncated_SaysSo()
    {
        byte[] whole = Formats.Bytes(".h5", WrittenType.Float32, Formats.Set("image", 20, 4));
        Formats.Refused(folder.Write("x.h5", whole[..40]), "begins as hdf5, but cannot be read", "copy or write it again");
    }
}
