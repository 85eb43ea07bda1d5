using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Tests.Sources;

public sealed class NpyTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("<f2", "float16")]
    [InlineData(">f2", "float16")]
    [InlineData("<f4", "float32")]
    [InlineData(">f4", "float32")]
    [InlineData("<f8", "float64")]
    [InlineData(">f8", "float64")]
    [InlineData("|i1", "int8")]
    [InlineData("|u1", "uint8")]
    public void Read_EveryElementType_GivesItsValues(string type, string name)
    {
        float sign = type == "|u1" ? 1 : -1;
        float[] values = [0, 1 * sign, 2, 3 * sign, 100, 127];
        string path = folder.Write("image.npy", SourceBytes.Npy(type, "(2, 3)", SourceBytes.Encode(type, values)));
        EmbeddingSet set = Reading.One(path);
        Assert.Equal(values, set.Values);
        Assert.Equal((2, 3, Modality.Image), (set.Rows, set.Dimensions, set.Modality));
        Assert.Equal((path, "npy", name, null), (set.Provenance.Source, set.Provenance.Format, set.Provenance.ElementType, set.Provenance.Part));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_EveryVersion_IsUnderstood(byte version)
    {
        string path = folder.Write("x.npy", SourceBytes.Npy("<f4", "(2, 2)", SourceBytes.Floats(1, 2, 3, 4), version: version));
        Assert.Equal([1, 2, 3, 4], Reading.One(path).Values);
    }

    [Theory]
    [InlineData("<f4")]
    [InlineData(">f8")]
    [InlineData("<f2")]
    public void Read_FortranOrder_IsTurned(string type)
    {
        byte[] columns = SourceBytes.Encode(type, 1, 4, 2, 5, 3, 6);
        string path = folder.Write("x.npy", SourceBytes.Npy(type, "(2, 3)", columns, fortran: true));
        Assert.Equal([1, 2, 3, 4, 5, 6], Reading.One(path).Values);
    }

    [Fact]
    public void Read_FortranStack_IsTurned()
    {
        // x[m, n, d] = 100 m + 10 n + d for shape (2, 3, 2); the first axis runs fastest.
        float[] stored = [.. from d in Enumerable.Range(0, 2) from n in Enumerable.Range(0, 3) from m in Enumerable.Range(0, 2) select (100f * m) + (10 * n) + d];
        string path = folder.Write("x.npy", SourceBytes.Npy("<f4", "(2, 3, 2)", SourceBytes.Floats(stored), fortran: true));
        IReadOnlyList<EmbeddingSet> sets = Reading.All(path);
        Assert.Equal([0, 1, 10, 11, 20, 21], sets[0].Values);
        Assert.Equal([100, 101, 110, 111, 120, 121], sets[1].Values);
    }

    [Fact]
    public void Read_Stack_GivesOneSetPerModality()
    {
        string path = folder.Write("features.npy", SourceBytes.Npy("<f4", "(3, 2, 2)", SourceBytes.Counting(12)));
        IReadOnlyList<EmbeddingSet> sets = Reading.All(path);
        Assert.Equal(["first", "second", "third"], sets.Select(set => set.Modality.Name));
        Assert.Equal(["0 of 3", "1 of 3", "2 of 3"], sets.Select(set => set.Provenance.Part));
        Assert.Equal([8, 9, 10, 11], sets[2].Values);
    }

    [Fact]
    public void Read_StackWhoseFileNameTells_IsNamedAfterIt()
    {
        string path = folder.Write("eeg_img.npy", SourceBytes.Npy("<f4", "(2, 2, 2)", SourceBytes.Counting(8)));
        Assert.Equal(["eeg", "image"], Reading.All(path).Select(set => set.Modality.Name));
    }

    [Fact]
    public void Read_GivenNames_AreUsed()
    {
        string path = folder.Write("x.npy", SourceBytes.Npy("<f4", "(2, 2, 2)", SourceBytes.Counting(8)));
        Assert.Equal(["a", "b"], Reading.All(path, new ReadOptions { Modalities = ["a", "b"] }).Select(set => set.Modality.Name));
        Refusal.Of(path, "2 modalities, but 1 name was given (a)", "Give 2", new ReadOptions { Modalities = ["a"] });
    }

    [Theory]
    [InlineData("(3, 1, 2)")]
    [InlineData("(1, 3, 2)")]
    public void Read_AxisOfOne_IsSqueezed(string shape)
    {
        string path = folder.Write("x.npy", SourceBytes.Npy("<f4", shape, SourceBytes.Counting(6)));
        EmbeddingSet set = Reading.One(path);
        Assert.Equal((3, 2, null), (set.Rows, set.Dimensions, set.Provenance.Part));
        Assert.Equal([0, 1, 2, 3, 4, 5], set.Values);
    }

    [Fact]
    public void Read_ManyBlocks_ArePutTogether()
    {
        const int Rows = 3001, Dimensions = 127;
        float[] values = [.. Enumerable.Range(0, 2 * Rows * Dimensions).Select(i => (float)i)];
        string path = folder.Write("x.npy", SourceBytes.Npy("<f4", $"(2, {Rows}, {Dimensions})", SourceBytes.Floats(values)));
        IReadOnlyList<EmbeddingSet> sets = Reading.All(path);
        Assert.Equal(values, sets.SelectMany(set => set.Values));
    }

    [Fact]
    public void Read_NotFiniteAndZeroRows_AreKept()
    {
        float[] values = [float.NaN, 1, float.PositiveInfinity, 1, 0, 0];
        string path = folder.Write("x.npy", SourceBytes.Npy("<f4", "(3, 2)", SourceBytes.Floats(values)));
        Assert.Equal(values, Reading.One(path).Values);
    }

    [Fact]
    public void Read_OtherSpellingsOfTheHeader_AreUnderstood()
    {
        string path = folder.Write("x.npy", SourceBytes.NpyWithHeader("{\"shape\":(2L,1L),\"descr\":\"=f4\",\"fortran_order\":False}", SourceBytes.Floats(1, 2)));
        Assert.Equal([1, 2], Reading.One(path).Values);
    }

    [Theory]
    [InlineData("<c8", "complex", "astype(numpy.float32)")]
    [InlineData("<U7", "text", "astype(numpy.float32)")]
    [InlineData("|S3", "text", "astype(numpy.float32)")]
    [InlineData("|b1", "bool", "astype(numpy.float32)")]
    [InlineData("|O", "object", "numpy.stack(list).astype(numpy.float32)")]
    [InlineData("<i8", "int64", "quantised")]
    [InlineData("<u4", "uint32", "quantised")]
    [InlineData("<f16", "unusual width", "astype(numpy.float32)")]
    [InlineData("|V2", "bfloat16", "astype(numpy.float32)")]
    [InlineData("<M8[ns]", "dates", "output")]
    [InlineData("<x9", "unknown type 'x9'", "astype(numpy.float32)")]
    public void Read_OtherElementType_IsRefused(string type, string fault, string remedy)
    {
        string path = folder.Write("x.npy", SourceBytes.Npy(type, "(1, 1)", new byte[16]));
        Refusal.Of(path, fault, remedy);
    }

    [Fact]
    public void Read_StructuredType_IsRefused()
    {
        string path = folder.Write("x.npy", SourceBytes.NpyWithHeader("{'descr': [('id', '<i8'), ('v', '<f4', (3,))], 'fortran_order': False, 'shape': (2,), }", new byte[40]));
        Refusal.Of(path, "structured array", "x['embedding']");
    }

    [Theory]
    [InlineData("()", 4, "single number", "(rows, dimensions)")]
    [InlineData("(6,)", 24, "one axis, (6,)", "reshape(-1, d)")]
    [InlineData("(1, 1, 2, 3)", 24, "4 axes", "(rows, dimensions)")]
    [InlineData("(0, 3)", 0, "no rows", "export finished")]
    [InlineData("(3, 0)", 0, "no columns", "export finished")]
    [InlineData("(2, 0, 3)", 0, "no rows", "export finished")]
    [InlineData("(100, 2, 3)", 2400, "100 modalities", "transpose(1, 0, 2)")]
    [InlineData("(50, 77, 2)", 30800, "50 modalities", "mean(axis=1)")]
    [InlineData("(-1, 4)", 16, "negative length", "numpy.save")]
    [InlineData("(4611686018427387904, 4)", 16, "impossible shape", "numpy.save")]
    [InlineData("(99999999999999999999999, 4)", 16, "impossible shape", "numpy.save")]
    [InlineData("(1, 2000000)", 8000000, "more than any embedding has", "One row per item")]
    public void Read_OtherShape_IsRefused(string shape, int bytes, string fault, string remedy)
    {
        string path = folder.Write("x.npy", SourceBytes.Npy("<f4", shape, new byte[bytes]));
        EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => Reading.All(path));
        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Remedy, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Read_TruncatedData_SaysHowManyBytesAreMissing()
    {
        string path = folder.Write("x.npy", SourceBytes.Npy("<f4", "(500, 512)", new byte[1000]));
        Refusal.Of(path, "needs 1,024,000 bytes of data, 1,000 bytes are there: 1,023,000 bytes are missing", "copy or write it again");
    }

    [Fact]
    public void Read_MoreDataThanAnnounced_IsRefused() =>
        Refusal.Of(folder.Write("x.npy", SourceBytes.Npy("<f4", "(1, 2)", new byte[9])), "1 byte more follow", "numpy.savez");

    [Fact]
    public void Read_TruncatedHeader_SaysHowManyBytesAreMissing()
    {
        byte[] whole = SourceBytes.Npy("<f4", "(1, 2)", new byte[8]);
        Refusal.Of(folder.Write("x.npy", whole[..60]), "announces 118 bytes, of which 68 bytes are missing", "copy it again");
        Refusal.Of(folder.Write("y.npy", whole[..7]), "does not begin", "numpy.save");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), 'more': 1}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), 'shape': (1, 2)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1, 2)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1.5, 2)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)} import os")]
    [InlineData("{'descr': [('a', '<f4', 'fortran_order': False, 'shape': (1, 2)}")]
    public void Read_HeaderThatIsNotNumPys_IsRefused(string header) =>
        Refusal.Of(folder.Write("x.npy", SourceBytes.NpyWithHeader(header, new byte[8])), "not the dictionary", "numpy.save");

    [Fact]
    public void Read_UnknownVersion_IsRefused() =>
        Refusal.Of(folder.Write("x.npy", SourceBytes.Npy("<f4", "(1, 2)", new byte[8], version: 9)), "version is 9", "numpy.save");

    [Fact]
    public void Describe_BadArray_SaysWhyItCannotBeUsed()
    {
        string path = folder.Write("x.npy", SourceBytes.Npy("|O", "(5, 2)", new byte[16]));
        ArrayDescription array = Assert.Single(EmbeddingFile.Describe(path).Arrays);
        Assert.Equal(("x.npy", "object"), (array.Name, array.ElementType));
        Assert.Equal([5, 2], array.Shape);
        Assert.Contains("cannot be used", array.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_Stack_SaysHowItReads()
    {
        byte[] content = SourceBytes.Npy(">f4", "(2, 3, 4)", new byte[96], fortran: true);
        FileDescription file = EmbeddingFile.Describe(folder.Write("x.npy", content));
        Assert.Equal(("npy", (long)content.Length), (file.Format, file.Bytes));
        Assert.Equal("2 modalities x 3 rows x 4, Fortran order, big-endian", Assert.Single(file.Arrays).Note);
    }
}
