namespace ModalityGap.Tests.Sources;

public sealed class ForeignFormatTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("894844460D0A1A0A00000000", "HDF5", "h5py")]
    [InlineData("504152311504", "Parquet", "numpy.save")]
    [InlineData("4152524F57310000", "Arrow", "numpy.save")]
    [InlineData("1F8B0800", "gzip", "gunzip")]
    [InlineData("28B52FFD", "zstd", "zstd -d")]
    [InlineData("89504E470D0A1A0A", "PNG image", "Encode it")]
    [InlineData("FFD8FFE0", "JPEG image", "Encode it")]
    [InlineData("FFFE7B00", "UTF-16", "UTF-8")]
    [InlineData("00000000000000000000000000000000", "block of zeros", "Copy it again")]
    [InlineData("7F454C46020101", "named .npy, but its first bytes, 7F454C46020101,", "npy, pt, npz, pkl, safetensors, jsonl or fvecs")]
    [InlineData("93", "first bytes, 93,", "npy, pt, npz, pkl, safetensors, jsonl or fvecs")]
    public void Read_OtherFormat_SaysWhatItLooksLike(string hex, string fault, string remedy) =>
        Refusal.Of(folder.Write("x.npy", Convert.FromHexString(hex)), fault, remedy);

    [Theory]
    [InlineData("a,b,c\n1,2,3\n", "csv", "numpy.loadtxt")]
    [InlineData("1 2 3\n4 5 6\n", "plain text", "numpy.loadtxt")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS pointer", "git lfs pull")]
    [InlineData("<!DOCTYPE html><html>", "web page", "Download it again")]
    [InlineData("[[1,2],[3,4]]", "JSON array", "jq -c")]
    public void Read_OtherText_SaysWhatItLooksLike(string content, string fault, string remedy) =>
        Refusal.Of(folder.Write("x.csv", content), fault, remedy);

    [Fact]
    public void Read_ContentDecides_NotTheExtension()
    {
        string path = folder.Write("x.jsonl", SourceBytes.Npy("<f4", "(1, 2)", SourceBytes.Floats(1, 2)));
        Assert.Equal("npy", Reading.One(path).Provenance.Format);
    }

    [Fact]
    public void Read_NameWithTerminalCodes_IsShownWithoutThem()
    {
        string path = folder.Write("x.safetensors", SourceBytes.Safetensors(("\\u001b[31mred", "I64", [1, 1], new byte[8])));
        Assert.DoesNotContain('\u001b', Refusal.Of(path, "?[31mred", "float32").Message);
    }
}
