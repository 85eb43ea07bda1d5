using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Tests.Sources;

public sealed class NpzTests : IDisposable
{
    private static readonly byte[] TwoByTwo = SourceBytes.Npy("<f4", "(2, 2)", SourceBytes.Floats(1, 2, 3, 4));

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Read_TwoKeys_AreTwoModalities(CompressionLevel level)
    {
        byte[] other = SourceBytes.Npy("<f2", "(2, 2)", SourceBytes.Encode("<f2", 5, 6, 7, 8));
        IReadOnlyList<EmbeddingSet> sets = Reading.All(folder.Write("x.npz", SourceBytes.Npz(level, ("img", TwoByTwo), ("txt", other))));
        Assert.Equal([Modality.Image, Modality.Text], sets.Select(set => set.Modality));
        Assert.Equal([5, 6, 7, 8], sets[1].Values);
        Assert.Equal(("npz", "float16", "txt"), (sets[1].Provenance.Format, sets[1].Provenance.ElementType, sets[1].Provenance.Part));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression, false)]
    [InlineData(CompressionLevel.Optimal, false)]
    [InlineData(CompressionLevel.Fastest, true)]
    public void Read_ManyBlocks_ArePutTogether(CompressionLevel level, bool fortran)
    {
        const int Rows = 2003, Dimensions = 129;
        float[] values = [.. Enumerable.Range(0, Rows * Dimensions).Select(i => (i % 1000) - 500f)];
        float[] stored = fortran
            ? [.. from d in Enumerable.Range(0, Dimensions) from n in Enumerable.Range(0, Rows) select values[(n * Dimensions) + d]]
            : values;
        byte[] array = SourceBytes.Npy("<f4", $"({Rows}, {Dimensions})", SourceBytes.Floats(stored), fortran);
        Assert.Equal(values, Reading.One(folder.Write("x.npz", SourceBytes.Npz(level, ("a", array)))).Values);
    }

    [Fact]
    public void Read_DataCompKeys_AsksWhichAreMeant()
    {
        byte[] wide = SourceBytes.Npy("<f4", "(2, 3)", SourceBytes.Counting(6));
        string path = folder.Write("x.npz", SourceBytes.Npz(CompressionLevel.Optimal, ("b32_img", TwoByTwo), ("b32_txt", TwoByTwo), ("l14_img", wide), ("l14_txt", wide)));
        EmbeddingDataException refused = Refusal.Of(path, "b32_img (2, 2), b32_txt (2, 2), l14_img (2, 3), l14_txt (2, 3)", "--key b32_img,b32_txt");
        Assert.Contains("b32_img and l14_img both seem to be of image", refused.Fault, StringComparison.Ordinal);
        IReadOnlyList<EmbeddingSet> sets = Reading.All(path, new ReadOptions { Key = "l14_img, l14_txt" });
        Assert.Equal(["l14_img", "l14_txt"], sets.Select(set => set.Provenance.Part));
        Assert.Equal([Modality.Image, Modality.Text], sets.Select(set => set.Modality));
        Assert.Equal(3, sets[0].Dimensions);
        Assert.Equal(Modality.Text, Reading.One(path, new ReadOptions { Key = "b32_txt" }).Modality);
    }

    [Fact]
    public void Read_UnknownKey_NamesThoseThereAre() =>
        Refusal.Of(
            folder.Write("x.npz", SourceBytes.Npz(CompressionLevel.Optimal, ("img", TwoByTwo))),
            "no array image",
            "Its keys are: img (2, 2)",
            new ReadOptions { Key = "image" });

    [Fact]
    public void Read_LabelsAndStringsBesides_AreLeftOut()
    {
        byte[] labels = SourceBytes.Npy("<i8", "(2,)", new byte[16]);
        byte[] names = SourceBytes.Npy("<U1", "(2, 1)", new byte[8]);
        string path = folder.Write("x.npz", SourceBytes.Npz(CompressionLevel.Optimal, ("labels", labels), ("names", names), ("brain", TwoByTwo), ("image", TwoByTwo)));
        Assert.Equal(["brain", "image"], Reading.All(path).Select(set => set.Modality.Name));
    }

    [Fact]
    public void Read_NamelessArrays_AreFirstAndSecond()
    {
        string path = folder.Write("x.npz", SourceBytes.Npz(CompressionLevel.Optimal, ("arr_0", TwoByTwo), ("arr_1", TwoByTwo)));
        Assert.Equal(["first", "second"], Reading.All(path).Select(set => set.Modality.Name));
        string told = folder.Write("img.npz", SourceBytes.Npz(CompressionLevel.Optimal, ("arr_0", TwoByTwo)));
        Assert.Equal(Modality.Image, Reading.One(told).Modality);
    }

    [Fact]
    public void Read_StackByKey_IsTakenApart()
    {
        byte[] stack = SourceBytes.Npy("<f4", "(2, 2, 2)", SourceBytes.Counting(8));
        IReadOnlyList<EmbeddingSet> sets = Reading.All(folder.Write("x.npz", SourceBytes.Npz(CompressionLevel.Optimal, ("features", stack))));
        Assert.Equal(["features, 0 of 2", "features, 1 of 2"], sets.Select(set => set.Provenance.Part));
        Assert.Equal([4, 5, 6, 7], sets[1].Values);
    }

    [Fact]
    public void Read_OnlyAnObjectArray_IsRefused()
    {
        byte[] objects = SourceBytes.Npy("|O", "(2, 2)", new byte[9]);
        Refusal.Of(folder.Write("x.npz", SourceBytes.Npz(CompressionLevel.Optimal, ("emb", objects))), "object array", "numpy.stack(list)");
    }

    [Fact]
    public void Read_DimensionsThatDiffer_AsksWhichAreMeant()
    {
        byte[] wide = SourceBytes.Npy("<f4", "(2, 3)", SourceBytes.Counting(6));
        string path = folder.Write("x.npz", SourceBytes.Npz(CompressionLevel.Optimal, ("emb", TwoByTwo), ("weights", wide)));
        Refusal.Of(path, "their numbers of dimensions differ", "--key emb");
    }

    [Fact]
    public void Read_BombOfZeros_IsRefusedBeforeItUnpacks()
    {
        // 60 MB of zeros deflate to some 60 kB: far more memory than the file's length allows.
        byte[] array = SourceBytes.Npy("<f4", "(30000, 500)", new byte[60_000_000]);
        string path = folder.Write("x.npz", SourceBytes.Npz(CompressionLevel.Optimal, ("emb", array)));
        Refusal.Of(path, "unpack to 60,000,000 bytes", "numpy.savez instead of numpy.savez_compressed");
    }

    [Fact]
    public void Read_MemberThatUnpacksToOtherThanItAnnounces_IsRefused()
    {
        byte[] archive = SourceBytes.Npz(CompressionLevel.Optimal, ("emb", SourceBytes.Npy("<f4", "(20, 20)", SourceBytes.Counting(400))));
        Refusal.Of(folder.Write("short.npz", WithLength(archive, 1600 + 128 - 80)), "are there: 80 bytes are missing", "copy or write it again");
        Refusal.Of(folder.Write("long.npz", WithLength(archive, 1600 + 128 + 80)), "but 80 bytes more follow", "numpy.savez");
    }

    [Fact]
    public void Read_DataThatEndsEarly_IsRefused()
    {
        byte[] whole = SourceBytes.Npy("<f4", "(2, 500)", SourceBytes.Counting(1000));
        byte[] archive = SourceBytes.Npz(CompressionLevel.Optimal, ("emb", whole[..^400]));
        Refusal.Of(folder.Write("x.npz", WithLength(archive, whole.Length)), "400 bytes are missing", "copy or write it again");
    }

    [Fact]
    public void Read_DamagedCompression_IsRefused()
    {
        byte[] archive = SourceBytes.Npz(CompressionLevel.Optimal, ("emb", SourceBytes.Npy("<f4", "(20, 20)", SourceBytes.Counting(400))));
        for (int i = 60; i < 90; i++)
            archive[i] ^= 0xff;
        Refusal.Of(folder.Write("x.npz", archive), "emb", "write it again");
    }

    [Fact]
    public void Read_TruncatedArchive_IsRefused()
    {
        byte[] archive = SourceBytes.Npz(CompressionLevel.NoCompression, ("emb", TwoByTwo));
        Refusal.Of(folder.Write("x.npz", archive[..^30]), "no directory at its end", "truncated or damaged");
    }

    [Fact]
    public void Read_MoreMembersThanAnyoneKeeps_IsRefused()
    {
        byte[] tiny = SourceBytes.Npy("<f4", "(2,)", SourceBytes.Floats(1, 2));
        (string, byte[])[] members = [.. Enumerable.Range(0, 1100).Select(i => ($"row{i}", tiny))];
        Refusal.Of(folder.Write("x.npz", SourceBytes.Npz(CompressionLevel.NoCompression, members)), "1,100 arrays", "numpy.stack");
    }

    [Fact]
    public void Read_SameKeyTwice_IsRefused() =>
        Refusal.Of(folder.Write("x.npz", SourceBytes.Npz(CompressionLevel.Optimal, ("emb", TwoByTwo), ("emb", TwoByTwo))), "emb.npy twice", "numpy.savez");

    [Theory]
    [InlineData("[Content_Types].xml", "office document", "npy")]
    [InlineData("notes.txt", "without a NumPy array", "Unpack it")]
    public void Read_OtherArchive_SaysWhatItIs(string member, string fault, string remedy) =>
        Refusal.Of(folder.Write("x.npz", SourceBytes.Zip(CompressionLevel.Optimal, (member, [1, 2, 3]))), fault, remedy);

    [Fact]
    public void Describe_EveryArray_IsListed()
    {
        byte[] objects = SourceBytes.Npy("|O", "(2, 2)", new byte[9]);
        FileDescription file = EmbeddingFile.Describe(folder.Write("x.npz", SourceBytes.Npz(CompressionLevel.Optimal, ("img", TwoByTwo), ("meta", objects))));
        Assert.Equal(["img", "meta"], file.Arrays.Select(array => array.Name));
        Assert.Equal("2 rows x 2", file.Arrays[0].Note);
        Assert.Contains("object array", file.Arrays[1].Note, StringComparison.Ordinal);
    }

    /// <summary>Changes the unpacked length that the directory announces for the only member.</summary>
    private static byte[] WithLength(byte[] archive, int length)
    {
        byte[] changed = [.. archive];
        int entry = changed.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        Assert.Contains("emb.npy", Encoding.ASCII.GetString(changed, entry, changed.Length - entry), StringComparison.Ordinal);
        BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(entry + 24), length);
        return changed;
    }
}
