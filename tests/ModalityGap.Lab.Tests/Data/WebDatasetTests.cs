using System.Text;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Testing;
using SkiaSharp;

namespace ModalityGap.Lab.Tests.Data;

public sealed class WebDatasetTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("set.tar")]
    [InlineData("set.tar.gz")]
    [InlineData("set.tgz")]
    public void Open_Tar_JoinsPicturesAndTextsByKey(string name)
    {
        string path = folder.WriteTar(
            name,
            ("0002.txt", Text("from text\nand more")), ("0002.jpg", Picture(SKEncodedImageFormat.Jpeg)), ("0002.json", Text("{\"caption\": \"from json\"}")),
            ("sub/0001.png", Picture()), ("sub/0001.json", Text("{\"text\": [\"one\", \"two\"]}")),
            ("0003.webp", Picture(SKEncodedImageFormat.Webp)), ("0003.cls", Text("7")),
            ("0004.txt", Text("no picture")), ("0005.png", Picture()), ("0005.json", Text("{broken")));

        OpenedData data = DataSource.Open(path, Small);

        Assert.Equal(["0002", "sub/0001"], data.Set.Items.Select(item => item.Id));
        Assert.Equal(["from text", "and more"], data.Set.Items[0].Texts);
        Assert.Equal(["one", "two"], data.Set.Items[1].Texts);
        Assert.Equal(["broken-json", "pictures-without-caption"], data.Findings.Select(finding => finding.Id));
    }

    [Fact]
    public void Open_FolderOfTars_TakesThemInOrderOfTheirNames()
    {
        folder.WriteTar("a.2.tar.gz", ("1.png", Picture()), ("1.txt", Text("in 2")));
        folder.WriteTar("a.1.tar", ("1.png", Picture()), ("1.txt", Text("in 1")));

        ImageTextSet set = DataSource.Open(folder.Path, Small).Set;

        Assert.Equal(["a.1.tar/1", "a.2.tar.gz/1"], set.Items.Select(item => item.Id));
        Assert.Equal(["in 1", "in 2"], set.Items.Select(item => item.Texts[0]));
    }

    [Fact]
    public void Open_HostileNames_WritesNothingAndReadsThemAsNames()
    {
        string path = folder.WriteTar(
            "set.tar",
            ("../../evil.png", Picture()), ("../../evil.txt", Text("up")),
            ("/tmp/modgap-evil.png", Picture()), ("/tmp/modgap-evil.txt", Text("root")),
            ("..\\win.png", Picture()), ("..\\win.txt", Text("back")));

        ImageTextSet set = DataSource.Open(path, Small).Set;

        Assert.Equal(["up", "root", "back"], set.Items.Select(item => item.Texts[0]));
        Assert.Equal(["set.tar"], folder.Names);
        Assert.False(File.Exists("/tmp/modgap-evil.png"));
    }

    [Theory]
    [InlineData("set.tar")]
    [InlineData("set.tgz")]
    public void Open_EveryBeginningOfATar_IsReadOrRefusedAndNeverAnError(string name)
    {
        string path = folder.WriteTar(name, ("1.txt", Text("one")), ("1.png", Picture()), ("2.png", Picture()), ("2.txt", Text("two")));
        byte[] whole = File.ReadAllBytes(path);
        int refused = 0;
        for (int length = 0; length < whole.Length; length += 101)
        {
            folder.Write(name, whole[..length]);
            try
            {
                Assert.InRange(DataSource.Open(path, Small).Set.Items.Count, 1, 2);
            }
            catch (EmbeddingDataException fault)
            {
                Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
                refused++;
            }
        }
        Assert.True(refused > whole.Length / 101 / 4, $"{refused}");
    }

    [Fact]
    public void Open_TarCutInsideAPicture_SaysSo()
    {
        string path = folder.WriteTar("set.tar", ("1.txt", Text("one")), ("1.png", Picture()), ("2.txt", Text("two")), ("2.png", new byte[5000]));
        byte[] whole = File.ReadAllBytes(path);
        folder.Write("set.tar", whole[..^4000]);

        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(() => DataSource.Open(path, Small));

        Assert.Contains("it is cut off after 4 entries", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DamagedBytes_NeverLeadToAnotherKindOfError()
    {
        string path = folder.WriteTar("set.tar", ("1.txt", Text("one")), ("1.png", Picture()));
        byte[] whole = File.ReadAllBytes(path);
        for (int i = 0; i < 2048; i += 5)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0xFF;
            folder.Write("set.tar", damaged);
            try
            {
                DataSource.Open(path, Small);
            }
            catch (EmbeddingDataException)
            {
                // Refused, as it should be where it matters.
            }
        }
    }

    private static DataOptions Small => new() { Side = 8 };

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Picture(SKEncodedImageFormat format = SKEncodedImageFormat.Png) => TestPicture.Encode(10, 10, TestPicture.Noise, format);
}
