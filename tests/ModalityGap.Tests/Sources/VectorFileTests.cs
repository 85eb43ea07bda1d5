using ModalityGap.Embeddings;

namespace ModalityGap.Tests.Sources;

/// <summary>The files of nearest-neighbour benchmarks, which nothing but their name tells.</summary>
public sealed class VectorFileTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("x.fvecs", "<f4", "float32")]
    [InlineData("x.bvecs", "|u1", "uint8")]
    [InlineData("x.FVECS", "<f4", "float32")]
    public void Read_RowsBehindTheirLength_AreRows(string name, string type, string shown)
    {
        byte[] content = [.. Record(3, SourceBytes.Encode(type, 1, 2, 3)), .. Record(3, SourceBytes.Encode(type, 4, 5, 6))];
        EmbeddingSet set = Reading.One(folder.Write(name, content));
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], set.Values);
        Assert.Equal((2, 3, "vectors", shown), (set.Rows, set.Dimensions, set.Provenance.Format, set.Provenance.ElementType));
    }

    [Theory]
    [InlineData("image.fbin", "<f4", "float32")]
    [InlineData("image.hbin", "<f2", "float16")]
    [InlineData("image.u8bin", "|u1", "uint8")]
    [InlineData("image.i8bin", "|i1", "int8")]
    public void Read_RowsBehindOneHeader_AreRows(string name, string type, string shown)
    {
        byte[] content = [.. Number(2), .. Number(3), .. SourceBytes.Encode(type, 1, 2, 3, 4, 5, 6)];
        EmbeddingSet set = Reading.One(folder.Write(name, content));
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], set.Values);
        Assert.Equal((2, 3, shown, Modality.Image), (set.Rows, set.Dimensions, set.Provenance.ElementType, set.Modality));
    }

    [Fact]
    public void Read_ManyRecords_ArePutTogether()
    {
        const int Rows = 5000, Dimensions = 33;
        float[] values = [.. Enumerable.Range(0, Rows * Dimensions).Select(i => (float)i)];
        byte[] content = [.. values.Chunk(Dimensions).SelectMany(row => Record(Dimensions, SourceBytes.Floats(row)))];
        Assert.Equal(values, Reading.One(folder.Write("x.fvecs", content)).Values);
    }

    [Theory]
    [InlineData("x.fvecs", 640)]
    [InlineData("x.fvecs", 1152)]
    [InlineData("x.fbin", 640)]
    public void Read_NumberThatLooksLikeAPickle_IsANumber(string name, int number)
    {
        // 640 is written 80 02 00 00, as a pickle of protocol 2 begins.
        byte[] rows = SourceBytes.Counting(number);
        byte[] content = name == "x.fvecs" ? Record(number, rows) : [.. Number(number), .. Number(1), .. rows];
        Assert.Equal(number, Reading.One(folder.Write(name, content)).Values.Length);
    }

    [Fact]
    public void Read_AnotherFormatUnderTheName_IsReadAsWhatItIs() =>
        Assert.Equal("npy", Reading.One(folder.Write("x.fvecs", SourceBytes.Npy("<f4", "(1, 2)", SourceBytes.Floats(1, 2)))).Provenance.Format);

    [Fact]
    public void Read_RowOfAnotherLength_IsNamed()
    {
        byte[] content = [.. Record(2, SourceBytes.Floats(1, 2)), .. Number(1), .. SourceBytes.Floats(3, 4)];
        Refusal.Of(folder.Write("x.fvecs", content), "row 1 announces 1 dimensions, the first 2", "same model");
    }

    [Theory]
    [InlineData("x.fvecs", "020000000000803f", "announces 2 dimensions of float32; its 8 bytes are not whole rows")]
    [InlineData("x.fvecs", "000000000000803f", "announces 0 dimensions")]
    [InlineData("x.bvecs", "ffffffff0000803f", "announces -1 dimensions")]
    [InlineData("x.fvecs", "01", "has only 1 byte")]
    [InlineData("x.fbin", "02000000", "has only 4 bytes")]
    [InlineData("x.fbin", "01000000010000000000", "announces 1 rows of 1 values of float32; 2 bytes of them")]
    [InlineData("x.u8bin", "ffffffffffffffff01", "announces 4,294,967,295 rows of 4,294,967,295 values")]
    [InlineData("x.fbin", "0000000000000000", "announces 0 rows")]
    public void Read_NumbersThatDoNotFitTheLength_AreRefused(string name, string hex, string fault) =>
        Refusal.Of(folder.Write(name, Convert.FromHexString(hex)), fault, "copy it again");

    [Fact]
    public void Read_NeighboursInsteadOfRows_AreRefused() =>
        Refusal.Of(folder.Write("x.ivecs", Record(2, new byte[8])), "int32", "model's output");

    [Fact]
    public void Read_NoRows_IsRefused() =>
        Refusal.Of(folder.Write("x.fbin", [.. Number(0), .. Number(4)]), "it is empty", "export");

    private static byte[] Record(int dimensions, byte[] values) => [.. Number(dimensions), .. values];

    private static byte[] Number(int number) => BitConverter.GetBytes(number);
}
